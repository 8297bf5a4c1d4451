package org.emberline.edge.metrics.grains;

import java.util.List;
import java.util.Locale;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.twin.TwinFrames;

final class Probe {
    public static void main(String[] a) {
        long first = Long.parseLong(a[2]);
        long step = Long.parseLong(a[3]);
        var settings = TwinGrains.scenario(a[0], Long.parseLong(a[1]));
        TwinFrames frames = a.length > 4 && a[4].startsWith("r")
                ? TwinFrames.withRotation(settings, Double.parseDouble(a[4].substring(1)))
                : a.length > 4 && a[4].startsWith("f")
                        ? TwinFrames.withFibre(settings, Double.parseDouble(a[4].substring(1)))
                        : TwinFrames.of(settings);
        long t = System.nanoTime();
        List<TwinGrains.Frame> all = TwinGrains.run(frames, TwinGrains.CALIBRATED, first, step);
        for (var f : all) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "%4d %5.0fC L=%.3f eps=%.3g+-%.2g true %.3g real %.3g %s | D=%.3g +- %.2g true %.3g %s | rho=%.3f+-%.3f %s",
                    f.index(),
                    f.celsius(),
                    f.layered(),
                    f.graininess().value(),
                    f.graininess().sigma(),
                    f.graininess().truth(),
                    f.realised(),
                    FrameFlag.names(f.graininess().flags()),
                    f.size().value() * 1e6,
                    f.size().sigma() * 1e6,
                    f.size().truth() * 1e6,
                    FrameFlag.names(f.size().flags()),
                    f.correlation().value(),
                    f.correlation().sigma(),
                    FrameFlag.names(f.correlation().flags())));
        }
        double n = 0, s2 = 0, r2 = 0, in = 0, rr = 0, b = 0;
        for (var f : all)
            if (f.size().known()) {
                n++;
                s2 += Math.pow(f.size().sigmas(), 2);
                r2 += Math.pow(f.size().relativeError(), 2);
                b += f.size().relativeError();
                in += Math.abs(f.size().sigmas()) < 1.96 ? 1 : 0;
                rr += Math.pow(f.graininess().value() / f.realised() - 1, 2);
            }
        System.out.printf(
                Locale.ROOT,
                "n=%.0f rms rel D %.4f bias %.4f rms sigmas %.3f cover %.3f; eps vs realised rms %.4f; %.1f ms/frame%n",
                n,
                Math.sqrt(r2 / n),
                b / n,
                Math.sqrt(s2 / n),
                in / n,
                Math.sqrt(rr / n),
                (System.nanoTime() - t) / 1e6 / all.size());
    }
}
