package org.emberline.edge.pipeline;

import java.util.List;
import java.util.function.Supplier;
import org.emberline.edge.frame.FrameCopy;
import org.emberline.edge.pipeline.Snapshot.ChannelView;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.emberline.edge.pipeline.Snapshot.FrameView;
import org.emberline.edge.pipeline.Snapshot.MetricMapView;
import org.emberline.edge.pipeline.Snapshot.PatternView;
import org.emberline.edge.pipeline.Snapshot.PreviewView;
import org.jspecify.annotations.Nullable;

/**
 * Makes a snapshot each time it is told to, on a thread of its own beside the frame path, so that the garbage of immutable records
 * never falls on a stage.
 */
final class Publisher {
    private final List<Detector> detectors;
    private final Supplier<RunView> run;
    private final LatestReadings readings;
    private final EventLog events;
    private final HealthBoard health;
    private final StationRules rules;
    private volatile Snapshot latest;

    Publisher(List<Line> lines, Supplier<RunView> run, LatestReadings readings, EventLog events, HealthBoard health) {
        this.run = run;
        this.readings = readings;
        this.events = events;
        this.health = health;
        rules = new StationRules(health);
        detectors = lines.stream().map(Detector::new).toList();
        latest = snapshot(0);
    }

    /** Makes the next snapshot. One thread at a time. */
    synchronized void publish() {
        detectors.forEach(Detector::refresh);
        latest = snapshot(latest.sequence() + 1);
    }

    Snapshot latest() {
        return latest;
    }

    private Snapshot snapshot(long sequence) {
        RunView now = run.get();
        List<ChannelView> channels = readings.views();
        List<DetectorView> views = detectors.stream().map(Detector::view).toList();
        rules.judge(now, channels, views);
        return new Snapshot(sequence, now, channels, views, events.view(), health.view());
    }

    /** What is known of the latest frames of one detector. */
    private static final class Detector {
        private final Line line;
        private final SnapshotBuilder builder;
        private @Nullable FrameView frame;
        private @Nullable PatternView pattern;
        private @Nullable PreviewView preview;
        private List<MetricMapView> maps = List.of();

        Detector(Line line) {
            this.line = line;
            builder = new SnapshotBuilder(line.layout());
        }

        void refresh() {
            FrameCopy copy = line.published().newest();
            if (copy == null) {
                return;
            }
            frame = builder.frame(copy);
            pattern = builder.pattern(copy);
            // A radiograph that could not be reduced has no map: the one before it stays, under its own index.
            maps = builder.metricMaps(copy);
            preview = copy.hasMaps() ? builder.preview(copy) : preview;
        }

        DetectorView view() {
            return new DetectorView(
                    line.layout().name(),
                    line.layout().role(),
                    line.layout().backend(),
                    line.books().ledger(),
                    frame,
                    pattern,
                    preview,
                    line.layout().metrics(),
                    maps);
        }
    }
}
