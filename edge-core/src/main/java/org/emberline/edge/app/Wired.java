package org.emberline.edge.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.app.config.ApplianceConfig.FirmwareSection;
import org.emberline.edge.app.config.ApplianceConfig.HeartbeatSection;
import org.emberline.edge.app.config.ApplianceConfig.InterlockSection;
import org.emberline.firmware.Thermocouples;
import org.emberline.firmware.TriggerInput;
import org.emberline.firmware.bridge.FirmwareBridge;
import org.emberline.firmware.bridge.LogSettings;
import org.emberline.firmware.bus.OutputLine;
import org.jspecify.annotations.Nullable;

/**
 * What is wired to the appliance, opened but not started.
 *
 * @param thermocouples null when none are configured; likewise the others
 */
record Wired(
        FirmwareBridge bridge,
        @Nullable Thermocouples thermocouples,
        @Nullable TriggerInput trigger,
        @Nullable OutputLine heartbeat,
        @Nullable OutputLine interlock)
        implements AutoCloseable {

    /** How a device is opened. */
    private interface Opening<S, T> {
        T open(S settings) throws IOException;
    }

    /**
     * Opens everything that is configured.
     *
     * @throws MissingDeviceException with all devices that cannot be had
     */
    static Wired open(FirmwareSection firmware) throws MissingDeviceException {
        FirmwareBridge bridge = new FirmwareBridge();
        List<String> missing = new ArrayList<>();
        HeartbeatSection heartbeat = firmware.heartbeat();
        InterlockSection interlock = firmware.interlock();
        Wired wired = new Wired(
                bridge,
                attempt(
                        missing,
                        "",
                        firmware.measuresTemperature() ? firmware : null,
                        some -> thermocouples(bridge, some)),
                attempt(missing, "trigger: ", firmware.trigger(), bridge::trigger),
                attempt(missing, "heartbeat: ", heartbeat == null ? null : heartbeat.line(), bridge::output),
                attempt(missing, "interlock: ", interlock == null ? null : interlock.line(), bridge::output));
        if (!missing.isEmpty()) {
            wired.close();
            throw new MissingDeviceException(String.join("\n", missing));
        }
        return wired;
    }

    private static Thermocouples thermocouples(FirmwareBridge bridge, FirmwareSection firmware) throws IOException {
        LogSettings log = firmware.log();
        return log == null ? bridge.thermocouples(firmware.thermocouples(), firmware.policy()) : bridge.log(log);
    }

    private static <S, T> @Nullable T attempt(
            List<String> missing, String what, @Nullable S settings, Opening<S, T> opening) {
        if (settings == null) {
            return null;
        }
        try {
            return opening.open(settings);
        } catch (IOException e) {
            missing.add(what + Explanation.of(e));
            return null;
        }
    }

    /** The inputs with what is measured here in place of what the source made up. */
    Inputs into(Inputs inputs, FirmwareSection firmware) {
        Furnace furnace =
                thermocouples == null ? inputs.furnace() : new Furnace(thermocouples, firmware.readingPeriodNanos());
        List<Input> detectors = new ArrayList<>(inputs.detectors());
        if (trigger != null) {
            detectors.set(0, detectors.getFirst().triggeredBy(trigger));
        }
        return new Inputs(furnace, detectors);
    }

    /** Ends readings and edges; what they have counted can still be asked. Idempotent. */
    void closeInputs() {
        closeIfThere(thermocouples);
        closeIfThere(trigger);
    }

    /** Lets go of all that nobody has closed yet. Idempotent. */
    @Override
    public void close() {
        closeInputs();
        if (heartbeat != null) {
            heartbeat.close();
        }
        if (interlock != null) {
            interlock.close();
        }
        bridge.close();
    }

    private static void closeIfThere(@Nullable Thermocouples thermocouples) {
        if (thermocouples != null) {
            thermocouples.close();
        }
    }

    private static void closeIfThere(@Nullable TriggerInput trigger) {
        if (trigger != null) {
            trigger.close();
        }
    }
}
