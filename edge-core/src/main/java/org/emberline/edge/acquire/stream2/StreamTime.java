package org.emberline.edge.acquire.stream2;

import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** The exact times of Stream V2: ticks and how many of them make a second. */
final class StreamTime {
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    private StreamTime() {}

    /** Reads a date and time (tag 0, RFC 3339) as nanoseconds since the Unix epoch; {@link #UNKNOWN} for what is none: no image is lost for its date. */
    static long date(CborReader in) throws StreamException {
        if (in.next() == CborReader.TAG) {
            var _ = in.tag();
        }
        if (in.next() != CborReader.TEXT) {
            in.skip();
            return UNKNOWN;
        }
        try {
            Instant instant = OffsetDateTime.parse(in.text()).toInstant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeParseException | ArithmeticException e) {
            return UNKNOWN;
        }
    }

    /** Reads a time as nanoseconds, to the nearest; exact where the clock ticks in whole nanoseconds. */
    static long nanos(CborReader in) throws StreamException {
        if (in.count(CborReader.ARRAY) != 2) {
            throw in.wrong("a time that is no pair of numbers");
        }
        long ticks = in.integer();
        long perSecond = in.integer();
        if (ticks < 0 || perSecond < 1) {
            throw in.wrong("an impossible time: " + ticks + "/" + perSecond + " s");
        }
        BigInteger twice = BigInteger.valueOf(ticks).multiply(NANOS).shiftLeft(1);
        BigInteger divisor = BigInteger.valueOf(perSecond);
        BigInteger rounded = twice.add(divisor).divide(divisor.shiftLeft(1));
        if (rounded.bitLength() > 62) {
            throw in.wrong("a time of more than a hundred years: " + ticks + "/" + perSecond + " s");
        }
        return rounded.longValueExact();
    }
}
