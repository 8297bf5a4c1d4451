package org.emberline.edge.service.senml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes every record of a pack stand for itself (RFC 8428 section 4.6). One pack, one resolver, one thread. */
public final class SenmlResolver {
    private static final int VERSION = 10;
    /** Smaller times count from now (RFC 8428 section 4.5.3). */
    private static final double FIRST_ABSOLUTE_SECOND = 1 << 28;

    private final double nowSeconds;
    private String baseName = "";
    private double baseTime;
    private @Nullable String baseUnit;
    private @Nullable Double baseValue;
    private @Nullable Double baseSum;
    private @Nullable Integer version;

    private SenmlResolver(double nowSeconds) {
        this.nowSeconds = nowSeconds;
    }

    /**
     * The pack without base fields, every name valid and whole, every time absolute. Records of base fields alone vanish.
     *
     * @param nowSeconds the moment of arrival, Unix time, for records without an absolute time
     * @throws SenmlException for a name against the rule, a version above 10, or a record that says nothing
     */
    public static List<SenmlRecord> resolve(List<SenmlRecord> pack, double nowSeconds) throws SenmlException {
        SenmlResolver resolver = new SenmlResolver(nowSeconds);
        List<SenmlRecord> resolved = new ArrayList<>(pack.size());
        for (int i = 0; i < pack.size(); i++) {
            try {
                SenmlRecord senml = resolver.next(pack.get(i));
                if (senml != null) {
                    resolved.add(senml);
                }
            } catch (SenmlException e) {
                throw e.inRecord(i);
            }
        }
        return List.copyOf(resolved);
    }

    private @Nullable SenmlRecord next(SenmlRecord senml) throws SenmlException {
        take(senml.base());
        Double sum = sum(baseSum, senml.sum());
        SenmlValue value = value(senml.value(), sum);
        if (value == null && sum == null) {
            if (senml.base().equals(SenmlBase.NONE)) {
                throw new SenmlException("neither value nor sum");
            }
            return null;
        }
        String name = baseName + (senml.name() == null ? "" : senml.name());
        if (!SenmlNames.valid(name)) {
            throw new SenmlException("the name, " + name.length() + " characters, is empty or has forbidden ones");
        }
        String unit = senml.unit() == null ? baseUnit : senml.unit();
        return new SenmlRecord(SenmlBase.NONE, name, unit, value, sum, absolute(senml.time()), senml.updateTime());
    }

    private void take(SenmlBase base) throws SenmlException {
        Integer newVersion = base.version();
        if (newVersion != null) {
            if (newVersion > VERSION) {
                throw new SenmlException("bver=" + newVersion + " is above " + VERSION);
            }
            if (version != null && !version.equals(newVersion)) {
                throw new SenmlException("bver=" + newVersion + " after bver=" + version);
            }
            version = newVersion;
        }
        baseName = base.name() == null ? baseName : base.name();
        baseTime = base.time() == null ? baseTime : base.time();
        baseUnit = base.unit() == null ? baseUnit : base.unit();
        baseValue = base.value() == null ? baseValue : base.value();
        baseSum = base.sum() == null ? baseSum : base.sum();
    }

    private @Nullable SenmlValue value(@Nullable SenmlValue value, @Nullable Double sum) throws SenmlException {
        Double base = baseValue;
        if (base == null || (value != null && !(value instanceof SenmlValue.Numeric))) {
            return value;
        }
        if (value instanceof SenmlValue.Numeric numeric) {
            return new SenmlValue.Numeric(finite("v", base + numeric.value()));
        }
        return sum == null ? new SenmlValue.Numeric(base) : null;
    }

    private static @Nullable Double sum(@Nullable Double base, @Nullable Double sum) throws SenmlException {
        if (base == null || sum == null) {
            return base == null ? sum : base;
        }
        return finite("s", base + sum);
    }

    private double absolute(@Nullable Double time) throws SenmlException {
        double seconds = baseTime + (time == null ? 0 : time);
        return finite("t", seconds < FIRST_ABSOLUTE_SECOND ? nowSeconds + seconds : seconds);
    }

    private static double finite(String label, double number) throws SenmlException {
        if (!Double.isFinite(number)) {
            throw new SenmlException(label + "=" + number + " after adding the base");
        }
        return number;
    }
}
