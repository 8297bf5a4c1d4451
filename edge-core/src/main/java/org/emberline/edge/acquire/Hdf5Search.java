package org.emberline.edge.acquire;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.links.ExternalLink;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the image dataset of an HDF5 file, or says which ones there are. Links to other files are not followed. */
final class Hdf5Search {
    private static final List<String> PREFERRED = List.of("/entry/data/data", "/entry/instrument/detector/data");
    /** A dataset whose images have so many times the pixels of any other's is the image among tables. */
    private static final int DOMINANCE = 64;

    private static final int DEEPEST = 32;
    private static final int MOST_LISTED = 12;

    private final Path path;
    private final HdfFile hdf;
    private final Set<Long> seen = new HashSet<>();
    private final List<Dataset> images = new ArrayList<>();

    Hdf5Search(Path path, HdfFile hdf) {
        this.path = path;
        this.hdf = hdf;
    }

    Dataset named(String name) throws InputException {
        if (resolve(name) instanceof Dataset dataset) {
            return dataset;
        }
        throw new InputException(path, "has no dataset of that name: dataset=" + name);
    }

    boolean has(String name) throws InputException {
        return resolve(name) instanceof Dataset;
    }

    /** The preferred, the only, or by far the largest image dataset. */
    Dataset only() throws InputException {
        for (String name : PREFERRED) {
            if (resolve(name) instanceof Dataset dataset && shape(dataset) != null) {
                return dataset;
            }
        }
        collect(hdf, 0);
        if (images.isEmpty()) {
            throw new InputException(path, "has no dataset of two or three dimensions of numbers");
        }
        List<Dataset> largestFirst = images.stream()
                .sorted(Comparator.comparingLong(Hdf5Search::pixels).reversed())
                .toList();
        Dataset largest = largestFirst.getFirst();
        if (images.size() == 1 || pixels(largest) / DOMINANCE >= pixels(largestFirst.get(1))) {
            return largest;
        }
        String listed =
                images.stream().limit(MOST_LISTED).map(Hdf5Search::describe).collect(Collectors.joining(", "));
        throw new InputException(
                path,
                "has " + images.size() + " image datasets, name one: " + listed
                        + (images.size() > MOST_LISTED ? ", ..." : ""));
    }

    private static long pixels(Dataset image) {
        long[] dimensions = image.getDimensionsAsLong();
        return dimensions[dimensions.length - 2] * dimensions[dimensions.length - 1];
    }

    private @Nullable Node resolve(String name) throws InputException {
        Node node = hdf;
        for (String part : name.split("/", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            if (!(node instanceof Group group)) {
                return null;
            }
            node = group.getChild(part);
            if (node instanceof ExternalLink outside) {
                throw new InputException(
                        path,
                        name + " is a link to another file; open that file: "
                                + InputException.quote(outside.getTargetPath()));
            }
            if (node instanceof Link link) {
                node = link.getTarget();
            }
        }
        return node;
    }

    private void collect(Group group, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        for (Node node : group) {
            if (node.isLink() || !seen.add(node.getAddress())) {
                continue;
            }
            if (node instanceof Group inner) {
                collect(inner, depth + 1);
            } else if (node instanceof Dataset dataset && shape(dataset) != null) {
                images.add(dataset);
            }
        }
    }

    /** The images of a dataset of two or three dimensions, frames first, or null when it has other dimensions or no numbers. */
    static ImageStack.@Nullable Shape shape(Dataset dataset) {
        SampleType type;
        try {
            type = type(dataset.getDataType());
        } catch (UnsupportedHdfException e) {
            type = null;
        }
        long[] sizes = dataset.getDimensionsAsLong();
        boolean fits = Arrays.stream(sizes).allMatch(size -> size > 0 && size <= Integer.MAX_VALUE);
        if (type == null || !fits || sizes.length < 2 || sizes.length > 3) {
            return null;
        }
        int frames = sizes.length == 3 ? (int) sizes[0] : 1;
        return new ImageStack.Shape(frames, (int) sizes[sizes.length - 2], (int) sizes[sizes.length - 1], type);
    }

    /** A dataset's name, dimensions and type, for messages. */
    static String describe(Dataset dataset) {
        DataType type = dataset.getDataType();
        SampleType sample = type(type);
        return dataset.getPath() + " " + Arrays.toString(dataset.getDimensionsAsLong()) + " "
                + (sample == null ? type.getClass().getSimpleName() : sample);
    }

    static ByteOrder byteOrder(DataType type) {
        return switch (type) {
            case EnumDataType named -> byteOrder(named.getBaseType());
            case OrderedDataType ordered -> ordered.getByteOrder();
            default -> ByteOrder.LITTLE_ENDIAN;
        };
    }

    /** Plain IEEE floats and integers that use all of their bits; bool is an enumeration over bytes. */
    private static @Nullable SampleType type(DataType type) {
        return switch (type) {
            case EnumDataType named -> type(named.getBaseType());
            case FixedPoint number
            when number.getBitPrecision() == 8 * number.getSize() ->
                SampleType.integer(number.getSize(), number.isSigned());
            case FloatingPoint number
            when number.getBitPrecision() == 8 * number.getSize() -> SampleType.floating(number.getSize());
            default -> null;
        };
    }
}
