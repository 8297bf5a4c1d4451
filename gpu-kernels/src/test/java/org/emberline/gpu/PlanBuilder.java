package org.emberline.gpu;

import org.jspecify.annotations.Nullable;

/** A plan in which a test says only what matters to it; otherwise an untilted 8x12 detector in millimetres of radius. */
public final class PlanBuilder {
    static final int ROWS = 8;
    static final int COLUMNS = 12;

    private Geometry geometry =
            new Geometry(new Detector("test", ROWS, COLUMNS, 1e-3, 2e-3, 3), 0.1, 2.25e-3, 5.5e-3, 0, 0, 0, 1e-10);
    private PixelFormat format = PixelFormat.U16;
    private boolean flipRows;
    private RadialAxis axis = new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 10, 0, 20);
    private Splitting splitting = Splitting.NO;
    private boolean solidAngle;
    private double polarization = Double.NaN;
    private float @Nullable [] dark;
    private float @Nullable [] flat;
    private boolean @Nullable [] mask;
    private ErrorModel errorModel = ErrorModel.POISSON;
    private boolean keepNegative;
    private double saturation = Double.POSITIVE_INFINITY;
    private boolean dropSaturated;
    private double dummy = Double.NaN;
    private double dummyTolerance;
    private float @Nullable [] darkVariance;
    private Sectors sectors = Sectors.NONE;

    public PlanBuilder geometry(Geometry value) {
        geometry = value;
        return this;
    }

    public PlanBuilder orientation(int orientation) {
        Detector d = geometry.detector();
        Detector turned =
                new Detector(d.name(), d.rows(), d.columns(), d.pixel1Metres(), d.pixel2Metres(), orientation);
        geometry = new Geometry(
                turned,
                geometry.distanceMetres(),
                geometry.poni1Metres(),
                geometry.poni2Metres(),
                geometry.rot1Radians(),
                geometry.rot2Radians(),
                geometry.rot3Radians(),
                geometry.wavelengthMetres());
        return this;
    }

    public PlanBuilder format(PixelFormat value) {
        format = value;
        return this;
    }

    public PlanBuilder flipRows(boolean value) {
        flipRows = value;
        return this;
    }

    public PlanBuilder axis(RadialAxis value) {
        axis = value;
        return this;
    }

    public PlanBuilder splitting(Splitting value) {
        splitting = value;
        return this;
    }

    public PlanBuilder solidAngle(boolean value) {
        solidAngle = value;
        return this;
    }

    public PlanBuilder polarization(double value) {
        polarization = value;
        return this;
    }

    public PlanBuilder dark(float @Nullable [] value) {
        dark = value;
        return this;
    }

    public PlanBuilder flat(float @Nullable [] value) {
        flat = value;
        return this;
    }

    public PlanBuilder mask(boolean @Nullable [] value) {
        mask = value;
        return this;
    }

    public PlanBuilder errorModel(ErrorModel value) {
        errorModel = value;
        return this;
    }

    public PlanBuilder keepNegative(boolean value) {
        keepNegative = value;
        return this;
    }

    public PlanBuilder saturation(double value) {
        saturation = value;
        return this;
    }

    public PlanBuilder dropSaturated(boolean value) {
        dropSaturated = value;
        return this;
    }

    public PlanBuilder dummy(double value, double tolerance) {
        dummy = value;
        dummyTolerance = tolerance;
        return this;
    }

    public PlanBuilder darkVariance(float @Nullable [] value) {
        darkVariance = value;
        return this;
    }

    public PlanBuilder sectors(Sectors value) {
        sectors = value;
        return this;
    }

    public IntegrationPlan build() {
        Corrections corrections = new Corrections(solidAngle, polarization, 0, dark, darkVariance, flat, mask);
        PixelRules rules = new PixelRules(keepNegative, saturation, dropSaturated, dummy, dummyTolerance);
        return new IntegrationPlan(
                geometry, format, flipRows, axis, splitting, corrections, errorModel, rules, sectors);
    }
}
