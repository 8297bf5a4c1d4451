package org.emberline.firmware.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import java.io.IOException;
import org.emberline.firmware.bus.OutputLine;

/** A driven line by way of Pi4J; inactive from the beginning. */
final class Pi4jOutput implements OutputLine {
    private final Context context;
    private final DigitalOutput output;
    private final LineSettings settings;
    private boolean closed;

    Pi4jOutput(Context context, String id, LineSettings settings) throws IOException {
        this.context = context;
        this.settings = settings;
        output = Pi4jCall.of(settings.name(), () -> {
            DigitalOutputConfig config = DigitalOutput.newConfigBuilder(context)
                    .id(id)
                    .address(settings.line())
                    .initial(level(false))
                    .shutdown(level(false))
                    .build();
            return context.dout().create(config);
        });
    }

    @Override
    public void set(boolean active) throws IOException {
        Pi4jCall.of(settings.name(), () -> output.state(level(active)));
    }

    private DigitalState level(boolean active) {
        return active == settings.activeLow() ? DigitalState.LOW : DigitalState.HIGH;
    }

    @Override
    public void close() {
        if (!closed && !context.isShutdown()) { // its end has closed all devices
            closed = true;
            context.registry().remove(output.id());
        }
    }
}
