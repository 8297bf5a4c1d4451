package org.emberline.firmware.bridge;

import java.nio.file.Path;
import org.emberline.firmware.csv.CsvFormat;
import org.emberline.firmware.csv.CsvSettings;

/** A growing log of temperatures: where it is, what its columns mean, and how it is followed. */
public record LogSettings(Path file, CsvFormat format, CsvSettings following) {}
