package org.emberline.edge.service.senml;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Packs with every field there is, valid by construction. */
final class RandomPacks {
    private static final String NAME_CHARACTERS = "abcXYZ019-:./_";

    private final RandomGenerator random;

    RandomPacks(RandomGenerator random) {
        this.random = random;
    }

    List<SenmlRecord> next() {
        List<SenmlRecord> pack = new ArrayList<>();
        int records = 1 + random.nextInt(8);
        for (int i = 0; i < records; i++) {
            pack.add(record());
        }
        return pack;
    }

    private SenmlRecord record() {
        SenmlBase base = random.nextInt(3) > 0
                ? SenmlBase.NONE
                : new SenmlBase(
                        maybe(name()), maybe(number()), maybe(text()), maybe(number()), maybe(number()), maybe(10));
        return new SenmlRecord(base, name(), maybe(text()), value(), maybe(number()), maybe(number()), maybe(number()));
    }

    private SenmlValue value() {
        return switch (random.nextInt(5)) {
            case 0 -> new SenmlValue.Text(text());
            case 1 -> new SenmlValue.Bool(random.nextBoolean());
            case 2 -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield new SenmlValue.Data(bytes);
            }
            default -> new SenmlValue.Numeric(number());
        };
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextBoolean() ? value : null;
    }

    private String name() {
        StringBuilder name = new StringBuilder("n");
        for (int i = random.nextInt(12); i > 0; i--) {
            name.append(NAME_CHARACTERS.charAt(random.nextInt(NAME_CHARACTERS.length())));
        }
        return name.toString();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i > 0; i--) {
            text.appendCodePoint(random.nextInt(4) > 0 ? ' ' + random.nextInt(95) : 0x1F300 + random.nextInt(64));
        }
        return text.toString();
    }

    /** Integers, short decimals, times of today, both zeros, and any finite bit pattern. */
    private double number() {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(-1000, 1000);
            case 1 -> random.nextInt(-100_000, 100_000) / 100.0;
            case 2 -> 1.79e9 + random.nextDouble() * 1e6;
            case 3 -> random.nextBoolean() ? 0.0 : -0.0;
            case 4 -> (float) random.nextGaussian();
            default -> {
                double any = Double.longBitsToDouble(random.nextLong());
                yield Double.isFinite(any) ? any : 1 / 3.0;
            }
        };
    }
}
