package org.emberline.edge.service;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.californium.core.CoapResource;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.ChannelView;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.emberline.edge.pipeline.Snapshot.FrameView;
import org.emberline.edge.pipeline.Snapshot.MetricMapView;
import org.emberline.edge.service.senml.SenmlNames;
import org.jspecify.annotations.Nullable;

/** The catalogue of resources: a new one is a line here. */
final class ResourceTree {
    private static final List<Integer> CBOR_OR_JSON = List.of(Description.CBOR, Description.JSON);

    private static final List<Integer> CBOR_OR_PNG = List.of(Description.CBOR, Description.PNG);

    private final Surroundings surroundings;
    private final Supplier<Snapshot> snapshots;

    ResourceTree(Surroundings surroundings) {
        this.surroundings = surroundings;
        snapshots = surroundings.snapshots();
    }

    List<CoapResource> resources() {
        return List.of(
                document("status", "Run state", "ember.status", Description.DOCUMENT, true, Documents::status),
                document("ledger", "Books of the run", "ember.ledger", Description.DOCUMENT, false, Documents::ledger),
                document("health", "Health", "ember.health", Description.DOCUMENT, true, Documents::health),
                new EventResource(surroundings),
                new ObserversResource(surroundings),
                new SenmlResource(
                        "metrics",
                        new Description("Metrics of the latest frame", "ember.metrics", Description.SENML, true),
                        surroundings,
                        ResourceTree::measured,
                        SenmlPacks::metrics),
                document(
                        "definitions",
                        "What each metric's name means",
                        "ember.definitions",
                        Description.DOCUMENT,
                        false,
                        Documents::definitions),
                new FamilyResource("t", snapshots, ResourceTree::channels, this::channel),
                new FamilyResource("pattern", snapshots, detectors(d -> d.pattern() != null), this::pattern),
                new FamilyResource("preview", snapshots, detectors(d -> d.preview() != null), this::preview),
                new FamilyResource("map", snapshots, ResourceTree::mapped, this::map));
    }

    private DocumentResource document(
            String name,
            String title,
            String resourceType,
            List<Integer> contentFormats,
            boolean observable,
            Function<Snapshot, Map<String, @Nullable Object>> document) {
        Description description = new Description(title, resourceType, contentFormats, observable);
        return new DocumentResource(name, description, surroundings, document);
    }

    private SnapshotResource channel(String name) {
        return new SenmlResource(
                name,
                new Description("Thermocouple " + name, "ember.temperature", Description.SENML, true),
                surroundings,
                snapshot -> view(snapshot, name),
                snapshot -> {
                    ChannelView view = view(snapshot, name);
                    return view == null ? null : SenmlPacks.channel(view);
                });
    }

    private SnapshotResource pattern(String name) {
        Description description = new Description("Latest pattern of " + name, "ember.pattern", CBOR_OR_JSON, false);
        return new PatternResource(name, description, surroundings);
    }

    private SnapshotResource preview(String name) {
        Description description = new Description("Latest radiograph of " + name, "ember.preview", CBOR_OR_PNG, false);
        return new PreviewResource(name, description, surroundings);
    }

    private SnapshotResource map(String metric) {
        Description description =
                new Description("Latest map of " + metric, "ember.map", List.of(Description.CBOR), false);
        return new MapResource(metric, description, surroundings);
    }

    /** All maps of all detectors; their metrics have different names. */
    static Stream<MetricMapView> maps(Snapshot snapshot) {
        return snapshot.detectors().stream().flatMap(detector -> detector.maps().stream());
    }

    private static List<String> mapped(Snapshot snapshot) {
        return maps(snapshot).map(map -> segment(map.metric().name())).toList();
    }

    private static @Nullable ChannelView view(Snapshot snapshot, String name) {
        for (ChannelView channel : snapshot.channels()) {
            if (segment(channel.name()).equals(name)) {
                return channel;
            }
        }
        return null;
    }

    private static List<String> channels(Snapshot snapshot) {
        return snapshot.channels().stream()
                .map(channel -> segment(channel.name()))
                .toList();
    }

    /** What {@code /metrics} shows: the latest frames, and before them the phase. */
    private static Object measured(Snapshot snapshot) {
        List<FrameView> frames = snapshot.detectors().stream()
                .map(DetectorView::frame)
                .filter(Objects::nonNull)
                .toList();
        return frames.isEmpty() ? snapshot.run().state() : frames;
    }

    /** The detector of that segment of a path. */
    static Optional<DetectorView> detector(Snapshot snapshot, String segment) {
        return snapshot.detectors().stream()
                .filter(detector -> segment(detector.name()).equals(segment))
                .findFirst();
    }

    /** Segments of the detectors that have shown what the predicate asks for. */
    private static Function<Snapshot, List<String>> detectors(Predicate<DetectorView> showing) {
        return snapshot -> snapshot.detectors().stream()
                .filter(showing)
                .map(detector -> segment(detector.name()))
                .toList();
    }

    /** A name as one segment of a path: the characters of SenML names without the slash. */
    static String segment(String name) {
        return SenmlNames.mended(name).replace('/', '_');
    }
}
