package org.emberline.edge.sync;

/**
 * A thermocouple that has a say in the sample's temperature.
 *
 * @param record its readings
 * @param weight its share; the shares of the channels that have a value are brought to a sum of 1
 * @param reading how its record is read
 * @param offset from the thermocouple to the sample
 */
public record SampleChannel(
        TemperatureTimeline record, double weight, ExposureMean.Reading reading, OffsetModel offset) {}
