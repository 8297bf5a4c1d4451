package org.emberline.edge.acquire;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.links.ExternalLink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which images of a scan are projections, flats and darks, after NXtomo (nexusformat/definitions): {@code image_key} beside the
 * {@code data} of {@code instrument/detector}, in an entry or, as at some beamlines, in a subentry.
 */
public final class NxTomo {
    private static final String DETECTOR = "/instrument/detector";

    private final Path file;
    private final @Nullable String dataset;
    private final ImageKind[] kinds;

    private NxTomo(Path file, @Nullable String dataset, ImageKind[] kinds) {
        this.file = file;
        this.dataset = dataset;
        this.kinds = kinds;
    }

    /**
     * Looks for an {@code image_key}; the first of the file counts. Empty when there is none, also when the file is no HDF5 file.
     *
     * @throws InputException when the file cannot be read, or the {@code image_key} is no list of 0 to 3
     */
    public static Optional<NxTomo> read(Path file) throws InputException {
        MappedFile mapped = MappedFile.open(file);
        try {
            if (!FrameFiles.hasHdf5Signature(mapped)) {
                return Optional.empty();
            }
            try (HdfFile hdf = Hdf5File.guarded(mapped, "its root", () -> Hdf5File.openHdf(mapped))) {
                return Hdf5File.guarded(mapped, "its image_key", () -> find(file, hdf));
            }
        } finally {
            mapped.close();
        }
    }

    private static Optional<NxTomo> find(Path file, HdfFile hdf) throws InputException {
        for (String entry : groups(hdf, "")) {
            List<String> places = new ArrayList<>(List.of(entry));
            places.addAll(groups(hdf, entry));
            for (String place : places) {
                String key = place + DETECTOR + "/image_key";
                if (inner(hdf, key) instanceof Dataset keys) {
                    String data = place + DETECTOR + "/data";
                    boolean beside =
                            inner(hdf, place + DETECTOR) instanceof Group detector && detector.getChild("data") != null;
                    return Optional.of(new NxTomo(file, beside ? data : null, kinds(file, key, keys)));
                }
            }
        }
        return Optional.empty();
    }

    /** Paths of the groups in a group, links left out. */
    private static List<String> groups(HdfFile hdf, String path) {
        List<String> groups = new ArrayList<>();
        if (inner(hdf, path) instanceof Group group) {
            for (Node child : group) {
                if (!child.isLink() && child instanceof Group) {
                    groups.add(path + "/" + child.getName());
                }
            }
        }
        return groups;
    }

    /** What lies at a path, or null; links to other files lead nowhere. */
    private static @Nullable Node inner(HdfFile hdf, String path) {
        Node node = hdf;
        for (String name : path.split("/", -1)) {
            if (name.isEmpty()) {
                continue;
            }
            node = node instanceof Group group ? group.getChild(name) : null;
            if (node instanceof ExternalLink) {
                return null;
            }
            if (node instanceof Link link) {
                node = link.isBrokenLink() ? null : link.getTarget();
            }
        }
        return node;
    }

    private static ImageKind[] kinds(Path file, String path, Dataset keys) throws InputException {
        double[] values = keys.getDimensions().length == 1 ? numbers(keys.getDataFlat()) : null;
        if (values == null) {
            throw new InputException(file, path + " is no list of numbers: " + Hdf5Search.describe(keys));
        }
        ImageKind[] kinds = new ImageKind[values.length];
        for (int i = 0; i < kinds.length; i++) {
            int image = i;
            kinds[i] = ImageKind.ofKey(values[i])
                    .orElseThrow(() -> new InputException(
                            file, path + " must be 0, 1, 2 or 3: image=" + image + " image_key=" + values[image]));
        }
        return kinds;
    }

    /** Integers and floats alike: scan engines write both. */
    private static double @Nullable [] numbers(Object flat) {
        return switch (flat) {
            case byte[] bytes ->
                IntStream.range(0, bytes.length).mapToDouble(i -> bytes[i]).toArray();
            case short[] shorts ->
                IntStream.range(0, shorts.length).mapToDouble(i -> shorts[i]).toArray();
            case int[] ints -> Arrays.stream(ints).asDoubleStream().toArray();
            case long[] longs ->
                Arrays.stream(longs).mapToDouble(value -> (double) value).toArray();
            case float[] floats ->
                IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
            case double[] doubles -> doubles;
            default -> null;
        };
    }

    /** The file that holds the keys. */
    public Path file() {
        return file;
    }

    /** Path of the images beside the keys, empty when there are none. */
    public Optional<String> dataset() {
        return Optional.ofNullable(dataset);
    }

    /** Number of images that the keys tell about. */
    public int images() {
        return kinds.length;
    }

    /** Indices of the images of a kind, in order. */
    public int[] images(ImageKind kind) {
        return IntStream.range(0, kinds.length).filter(i -> kinds[i] == kind).toArray();
    }

    /** How many images there are of each kind, for messages: {@code projection 91, flat 10, dark 10, invalid 0}. */
    @Override
    public String toString() {
        return Arrays.stream(ImageKind.values())
                .map(kind -> kind + " " + images(kind).length)
                .collect(Collectors.joining(", "));
    }
}
