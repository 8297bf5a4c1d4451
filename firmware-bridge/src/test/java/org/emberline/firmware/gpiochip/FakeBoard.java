package org.emberline.firmware.gpiochip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two chips: one with names, of which two lines are taken and two share a name, and one without. */
final class FakeBoard {
    final FakeGpio kernel = new FakeGpio();
    final Path devices;

    FakeBoard(Path devices) throws IOException {
        this.devices = devices;
        add(
                "gpiochip0",
                "pinctrl-rp1",
                List.of(
                        line("ID_SDA", ""),
                        line("", ""),
                        line("", ""),
                        line("GPIO3", "spi0 CS0"),
                        line("GPIO4", ""),
                        line("NC", ""),
                        line("NC", ""),
                        line("", "led")));
        List<String[]> plain = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            plain.add(line("", ""));
        }
        add("gpiochip1", "plain", plain);
    }

    void add(String name, String label, List<String[]> lines) throws IOException {
        kernel.add(Files.createFile(devices.resolve(name)).toString(), label, lines);
    }

    String path(String name) {
        return devices.resolve(name).toString();
    }

    static String[] line(String name, String consumer) {
        return new String[] {name, consumer};
    }
}
