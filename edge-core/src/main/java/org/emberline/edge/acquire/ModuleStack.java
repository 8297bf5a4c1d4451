package org.emberline.edge.acquire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Images of a detector of several modules, each in a file of its own, put together where the files say that the modules are (NeXus NXdetector,
 * {@code translation/distance}, in pixels). What lies between them and what a module's {@code pixel_mask} names is -1, or NaN in floats: less than any
 * count, as Pilatus and Eiger mark it. Where modules overlap the later one wins.
 */
final class ModuleStack implements ImageStack {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long LARGEST_SIDE = 1 << 16;

    private final List<Module> modules;
    private final Shape shape;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment image;

    /**
     * One module.
     *
     * @param images its images; closed with the stack
     * @param place of its first pixel
     * @param masked pixel by pixel, row by row
     */
    record Module(ImageStack images, ModulePlace place, boolean[] masked) {}

    /**
     * @param modules at least one; closed with this stack, also when this constructor fails
     * @throws InputException when they differ in images, pixels' type or its sign allows no mark, or they lie impossibly far apart
     */
    ModuleStack(List<Module> modules) throws InputException {
        this.modules = List.copyOf(modules);
        try {
            requireAlike();
            shape = stitched();
            image = arena.allocate(modules.getFirst().images.shape().frameBytes(), Long.BYTES);
        } catch (InputException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void requireAlike() throws InputException {
        Shape first = modules.getFirst().images.shape();
        for (Module module : modules) {
            if (!module.images.shape().equals(first)) {
                throw new InputException(
                        module.images.path(),
                        "modules differ: " + module.images.shape() + " here, " + first + " in "
                                + modules.getFirst().images.path());
            }
        }
        switch (first.type()) {
            case I16, I32, F32 -> {}
            default ->
                throw new InputException(
                        path(),
                        "modules of " + first.type() + " cannot be put together: nothing marks what is between");
        }
    }

    private Shape stitched() throws InputException {
        Shape module = modules.getFirst().images.shape();
        long rows = module.rows() + extent(true);
        long columns = module.columns() + extent(false);
        if (rows > LARGEST_SIDE || columns > LARGEST_SIDE) {
            throw new InputException(path(), "modules are too far apart: together " + rows + "x" + columns);
        }
        return new Shape(module.frames(), (int) rows, (int) columns, module.type());
    }

    /** From the least place of a module to the greatest. */
    private long extent(boolean rows) {
        return places(rows).max().orElseThrow() - least(rows);
    }

    private long least(boolean rows) {
        return places(rows).min().orElseThrow();
    }

    private LongStream places(boolean rows) {
        return modules.stream().mapToLong(module -> rows ? module.place.row() : module.place.column());
    }

    @Override
    public Path path() {
        return modules.getFirst().images.path();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public void read(int frame, MemorySegment into) throws InputException {
        shape.check(frame, into);
        mark(into, 0, shape.rows() * shape.columns());
        for (Module module : modules) {
            module.images.read(frame, image);
            place(module, into);
        }
    }

    private void place(Module module, MemorySegment into) {
        Shape size = module.images.shape();
        int firstRow = (int) (module.place.row() - least(true));
        int firstColumn = (int) (module.place.column() - least(false));
        for (int row = 0; row < size.rows(); row++) {
            int at = (firstRow + row) * shape.columns() + firstColumn;
            MemorySegment.copy(
                    image, row * size.rowBytes(), into, (long) at * shape.type().bytes(), size.rowBytes());
            for (int column = 0; column < size.columns(); column++) {
                if (module.masked[row * size.columns() + column]) {
                    mark(into, at + column, 1);
                }
            }
        }
    }

    private void mark(MemorySegment into, int first, int count) {
        for (int pixel = first; pixel < first + count; pixel++) {
            switch (shape.type()) {
                case I16 -> into.set(SHORT, 2L * pixel, (short) -1);
                case I32 -> into.set(INT, 4L * pixel, -1);
                default -> into.set(FLOAT, 4L * pixel, Float.NaN);
            }
        }
    }

    @Override
    public void close() {
        modules.forEach(module -> module.images.close());
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
