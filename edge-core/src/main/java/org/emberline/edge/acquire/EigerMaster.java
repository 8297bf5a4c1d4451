package org.emberline.edge.acquire;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.links.ExternalLink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The master file of an Eiger (DECTRIS, SIMPLON API, File Writer): its images are in files beside it, to which {@code /entry/data/data_000001} and
 * so on are links. Only files in the folder of the master, or below it, are opened.
 */
final class EigerMaster {
    private static final Pattern PART = Pattern.compile("data_[0-9]{6}");
    private static final int MOST_PARTS = 100_000;

    private EigerMaster() {}

    /** The images that the links of a master lead to; null when the file is no master. The file given stays open. */
    static @Nullable ImageStack open(MappedFile file, HdfFile hdf) throws InputException {
        Map<String, ExternalLink> links = links(hdf);
        if (links.isEmpty()) {
            return null;
        }
        List<ImageStack> parts = new ArrayList<>();
        try {
            for (ExternalLink link : links.values()) {
                parts.add(part(file.path(), link.getTargetPath()));
            }
        } catch (InputException | RuntimeException e) {
            parts.forEach(ImageStack::close);
            throw e;
        }
        return new SeriesStack(file.path(), parts);
    }

    /** By their numbers. */
    private static Map<String, ExternalLink> links(HdfFile hdf) {
        Map<String, ExternalLink> links = new TreeMap<>();
        if (hdf.getChild("entry") instanceof Group entry && entry.getChild("data") instanceof Group data) {
            for (Map.Entry<String, Node> child : data.getChildren().entrySet()) {
                if (PART.matcher(child.getKey()).matches()
                        && child.getValue() instanceof ExternalLink link
                        && links.size() < MOST_PARTS) {
                    links.put(child.getKey(), link);
                }
            }
        }
        return links;
    }

    /** @param target name of a file and path of a dataset in it, with a colon between */
    private static ImageStack part(Path master, String target) throws InputException {
        int colon = target.lastIndexOf(":/");
        if (colon < 1) {
            throw new InputException(master, "has a link to nothing: " + InputException.quote(target));
        }
        Path folder = master.toAbsolutePath().normalize().getParent();
        Path part = master.resolveSibling(target.substring(0, colon)).normalize();
        if (folder == null || !part.toAbsolutePath().startsWith(folder)) {
            throw new InputException(master, "links to a file outside its folder: " + InputException.quote(target));
        }
        return FrameFiles.openStack(part, target.substring(colon + 1));
    }
}
