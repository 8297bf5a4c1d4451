package org.emberline.edge.acquire.stream2;

import java.util.List;
import java.util.Map;

/** A message of Stream V2. All messages of a series have its identity. */
public sealed interface StreamMessage {

    /** What tells a series from every other, of this detector and of others. */
    String seriesUniqueId();

    /** The detector's running number of the series. */
    long seriesId();

    /**
     * The first message: what holds for all images. A number that the detector does not say is NaN, or 0 for counts.
     *
     * @param channels names of the images that each image message has, for example {@code threshold_1}
     * @param images number of images that the series is to have
     * @param imageDtype {@code uint16} and so on; empty from older firmware
     * @param frameSeconds from the begin of an exposure to the next
     * @param countSeconds exposure
     * @param wavelengthAngstrom of the incident beam
     * @param energyElectronvolt of the incident beam
     * @param distanceMetres from the sample to the detector
     * @param pixelMetresX fast axis
     * @param pixelMetresY slow axis
     * @param beamColumn of the direct beam, pixels
     * @param beamRow likewise
     * @param saturation counts from which a pixel is saturated
     * @param pixelMask by channel; no entry where the detector sends none
     * @param flatfield likewise
     */
    record Start(
            String seriesUniqueId,
            long seriesId,
            List<String> channels,
            int rows,
            int columns,
            long images,
            String imageDtype,
            double frameSeconds,
            double countSeconds,
            double wavelengthAngstrom,
            double energyElectronvolt,
            double distanceMetres,
            double pixelMetresX,
            double pixelMetresY,
            double beamColumn,
            double beamRow,
            double saturation,
            Map<String, StreamImage> pixelMask,
            Map<String, StreamImage> flatfield)
            implements StreamMessage {}

    /**
     * One exposure.
     *
     * @param imageId number within the series, from 0
     * @param seriesNanos begin of the series on the detector's clock, nanoseconds since the Unix epoch; {@link StreamTime#UNKNOWN} from older firmware
     * @param startNanos begin of the exposure, nanoseconds after the begin of the series
     * @param stopNanos its end, likewise
     * @param channels the images by the names of their channels
     */
    record Image(
            String seriesUniqueId,
            long seriesId,
            long imageId,
            long seriesNanos,
            long startNanos,
            long stopNanos,
            Map<String, StreamImage> channels)
            implements StreamMessage {}

    /** The last message of a series that was not aborted. */
    record End(String seriesUniqueId, long seriesId) implements StreamMessage {}
}
