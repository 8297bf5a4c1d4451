package org.emberline.edge.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emberline.firmware.clock.ClockSynchronisation;
import org.emberline.firmware.gpiochip.GpioChips;
import org.emberline.firmware.iio.IioDevice;
import org.emberline.firmware.linux.DeviceNode;

/** {@link Wiring} for machines. */
final class WiringJson {

    private WiringJson() {}

    /** {@code spi}, {@code i2c}, {@code iio}, {@code gpiochips}, {@code clock}, and {@code unlisted} with what could not be listed. */
    static Map<String, Object> of(Wiring wiring) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("spi", wiring.spi().devices().stream().map(WiringJson::node).toList());
        root.put(
                "i2c",
                wiring.i2c().devices().stream()
                        .map(bus -> {
                            Map<String, Object> object = node(bus.node());
                            object.put("adapter", bus.adapter());
                            return object;
                        })
                        .toList());
        root.put("iio", wiring.iio().devices().stream().map(WiringJson::iio).toList());
        root.put(
                "gpiochips",
                wiring.gpioChips().devices().stream().map(WiringJson::chip).toList());
        root.put("clock", clock(wiring.clock()));
        root.put("unlisted", unlisted(wiring));
        return root;
    }

    private static Map<String, Object> node(DeviceNode node) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", node.path().toString());
        object.put("accessible", node.accessible());
        object.put("advice", node.advice());
        return object;
    }

    private static Map<String, Object> iio(IioDevice device) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", device.path().toString());
        object.put("name", device.name());
        object.put("label", device.label());
        object.put("temperatures", device.temperatures());
        object.put("channels", device.channels());
        object.put("unreadable", device.unreadable());
        return object;
    }

    private static Map<String, Object> chip(GpioChips.Chip chip) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", chip.path());
        object.put("accessible", chip.problem().isEmpty());
        object.put("advice", chip.problem());
        object.put("label", chip.label());
        object.put("lines", chip.lines().stream().map(WiringJson::line).toList());
        return object;
    }

    private static Map<String, Object> line(GpioChips.Line line) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("offset", line.offset());
        object.put("name", line.name());
        object.put("used", line.used());
        object.put("consumer", line.consumer());
        object.put("output", line.output());
        object.put("active_low", line.activeLow());
        return object;
    }

    private static Map<String, Object> clock(ClockSynchronisation clock) {
        Map<String, Object> object = new LinkedHashMap<>();
        switch (clock) {
            case ClockSynchronisation.Known known -> {
                object.put("synchronised", known.synchronised());
                object.put("offset_ns", known.offsetNanos());
                object.put("estimated_error_ns", known.estimatedErrorNanos());
                object.put("maximum_error_ns", known.maximumErrorNanos());
            }
            case ClockSynchronisation.Unavailable unavailable -> object.put("problem", unavailable.reason());
        }
        return object;
    }

    private static List<String> unlisted(Wiring wiring) {
        List<String> problems = new ArrayList<>();
        Map<String, Wiring.Found<?>> all = new LinkedHashMap<>();
        all.put("spi", wiring.spi());
        all.put("i2c", wiring.i2c());
        all.put("iio", wiring.iio());
        all.put("gpiochips", wiring.gpioChips());
        all.forEach((name, found) -> {
            if (found.problem() != null) {
                problems.add(name + ": " + found.problem());
            }
        });
        return problems;
    }
}
