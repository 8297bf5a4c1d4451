package org.emberline.edge.acquire.stream2;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decodes messages. Keys that are not known are passed over, as DECTRIS asks of receivers; those that are known must be what they are said to be. */
public final class StreamDecoder {
    private static final long SELF_DESCRIBED = 55799;
    private static final int MOST_CHANNELS = 16;
    private static final int LONGEST_TEXT = 200;
    /** Of a series; the detectors' own limit is 2 * 10^9. */
    private static final long MOST_IMAGES = 1L << 31;

    private final CborReader in;
    private final byte[] message;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Double> numbers = new HashMap<>();
    private final Map<String, Long> integers = new HashMap<>();
    private final Map<String, Long> nanos = new HashMap<>();
    private final Map<String, Map<String, StreamImage>> images = new HashMap<>();
    private List<String> channels = List.of();
    private double[] translation = {};

    private StreamDecoder(byte[] message) {
        this.message = message;
        in = new CborReader(message);
    }

    /**
     * Decodes one message; images stay in its bytes.
     *
     * @throws StreamException when it is none, or lacks what its kind must have
     */
    public static StreamMessage decode(byte[] message) throws StreamException {
        return new StreamDecoder(message).decode();
    }

    private StreamMessage decode() throws StreamException {
        if (in.next() == CborReader.TAG && in.tag() != SELF_DESCRIBED) {
            throw in.wrong("another tag than that of self-described CBOR");
        }
        int entries = in.count(CborReader.MAP);
        for (int i = 0; i < entries; i++) {
            entry(in.text());
        }
        if (!in.atEnd()) {
            throw in.wrong("bytes behind the message");
        }
        String type = text("type");
        return switch (type) {
            case "start" -> start();
            case "image" -> image();
            case "end" -> new StreamMessage.End(series(), integer("series_id"));
            default -> throw new StreamException("unknown type of message: " + shortened(type));
        };
    }

    private void entry(String key) throws StreamException {
        switch (key) {
            case "type", "series_unique_id", "image_dtype" -> texts.put(key, in.text());
            case "series_id", "image_id", "number_of_images", "image_size_x", "image_size_y" ->
                integers.put(key, in.integer());
            case "frame_time",
                    "count_time",
                    "incident_wavelength",
                    "incident_energy",
                    "pixel_size_x",
                    "pixel_size_y",
                    "beam_center_x",
                    "beam_center_y",
                    "saturation_value" -> number(key);
            case "start_time", "stop_time" -> nanos.put(key, StreamTime.nanos(in));
            case "series_date" -> nanos.put(key, StreamTime.date(in));
            case "channels" -> channels = channels();
            case "detector_translation" -> translation = translation();
            case "data", "pixel_mask", "flatfield" -> images.put(key, images(key.equals("data")));
            default -> in.skip();
        }
    }

    /** Null is what a detector says that has not been told. */
    private void number(String key) throws StreamException {
        if (in.nextIsSimple(22) || in.nextIsSimple(23)) {
            in.skip();
        } else {
            numbers.put(key, in.number());
        }
    }

    private List<String> channels() throws StreamException {
        int count = in.count(CborReader.ARRAY);
        if (count > MOST_CHANNELS) {
            throw in.wrong("more than " + MOST_CHANNELS + " channels: " + count);
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(in.text());
        }
        return names;
    }

    private double[] translation() throws StreamException {
        if (in.next() != CborReader.ARRAY) {
            in.skip();
            return new double[0];
        }
        double[] values = new double[Math.min(in.count(CborReader.ARRAY), 3)];
        if (values.length != 3) {
            throw in.wrong("a translation of " + values.length + " numbers");
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = in.number();
        }
        return values;
    }

    /** @param demanded whether each entry must be an image; a start message has stubs where there is nothing to say */
    private Map<String, StreamImage> images(boolean demanded) throws StreamException {
        if (in.next() != CborReader.MAP) {
            if (demanded) {
                throw in.wrong("no map of channels");
            }
            in.skip();
            return Map.of();
        }
        int count = in.count(CborReader.MAP);
        if (count > MOST_CHANNELS) {
            throw in.wrong("more than " + MOST_CHANNELS + " channels: " + count);
        }
        Map<String, StreamImage> byChannel = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String channel = in.text();
            if (demanded || in.next() == CborReader.TAG) {
                byChannel.put(channel, StreamArray.read(in, message));
            } else {
                in.skip();
            }
        }
        return Collections.unmodifiableMap(byChannel);
    }

    private StreamMessage start() throws StreamException {
        return new StreamMessage.Start(
                series(),
                integer("series_id"),
                List.copyOf(channels),
                size("image_size_y"),
                size("image_size_x"),
                integers.getOrDefault("number_of_images", 0L),
                texts.getOrDefault("image_dtype", ""),
                value("frame_time"),
                value("count_time"),
                value("incident_wavelength"),
                value("incident_energy"),
                translation.length == 3 ? Math.abs(translation[2]) : Double.NaN,
                value("pixel_size_x"),
                value("pixel_size_y"),
                value("beam_center_x"),
                value("beam_center_y"),
                value("saturation_value"),
                images.getOrDefault("pixel_mask", Map.of()),
                images.getOrDefault("flatfield", Map.of()));
    }

    private StreamMessage image() throws StreamException {
        Map<String, StreamImage> data = images.getOrDefault("data", Map.of());
        Long start = nanos.get("start_time");
        Long stop = nanos.get("stop_time");
        if (data.isEmpty() || start == null || stop == null) {
            throw new StreamException("an image message lacks data, start_time or stop_time");
        }
        long id = integer("image_id");
        if (id < 0 || id > MOST_IMAGES || stop < start) {
            throw new StreamException(
                    "impossible image: image_id=" + id + " start=" + start + " ns stop=" + stop + " ns");
        }
        long date = nanos.getOrDefault("series_date", StreamTime.UNKNOWN);
        return new StreamMessage.Image(series(), integer("series_id"), id, date, start, stop, data);
    }

    /** As it goes into events. */
    private String series() throws StreamException {
        return shortened(text("series_unique_id"));
    }

    private String text(String key) throws StreamException {
        return require(texts.get(key), key);
    }

    private long integer(String key) throws StreamException {
        return require(integers.get(key), key);
    }

    private int size(String key) throws StreamException {
        long size = integer(key);
        if (size < 1 || size > StreamArray.LARGEST_SIDE) {
            throw new StreamException(key + " is not within 1 and " + StreamArray.LARGEST_SIDE + ": " + size);
        }
        return (int) size;
    }

    private double value(String key) {
        return numbers.getOrDefault(key, Double.NaN);
    }

    private static <T> T require(@Nullable T value, String key) throws StreamException {
        if (value == null) {
            throw new StreamException("the message lacks " + key);
        }
        return value;
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT)).replaceAll("\\p{Cntrl}+", " ");
    }
}
