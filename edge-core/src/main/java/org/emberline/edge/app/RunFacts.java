package org.emberline.edge.app;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.emberline.edge.pipeline.Ledger;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.IntegrationPlan;

/** What the archive keeps of a run besides its data: who wrote it, with which configuration and geometry, and how its books stand. */
final class RunFacts {

    private RunFacts() {}

    /**
     * @param configToml the configuration as used
     * @param detectors of the run
     */
    static Map<String, String> of(String configToml, List<Prepared> detectors) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("run_uuid", UUID.randomUUID().toString());
        facts.put("software_version", Emberline.VERSION);
        facts.put("config", configToml);
        facts.put("config_sha256", sha256(configToml));
        for (Prepared detector : detectors) {
            if (detector instanceof Prepared.Rings rings) {
                reduction(facts, rings.plan());
            }
        }
        return facts;
    }

    private static void reduction(Map<String, String> facts, IntegrationPlan plan) {
        facts.put("poni", poni(plan.geometry()));
        facts.put("flip_rows", Boolean.toString(plan.flipRows()));
        facts.put("splitting", plan.splitting().name().toLowerCase(Locale.ROOT));
        facts.put("error_model", plan.errorModel().name().toLowerCase(Locale.ROOT));
        facts.put("solid_angle_applied", Boolean.toString(plan.corrections().solidAngle()));
        double polarization = plan.corrections().polarizationFactor();
        facts.put("polarization_applied", Boolean.toString(!Double.isNaN(polarization)));
        if (!Double.isNaN(polarization)) {
            facts.put("polarization_factor", Double.toString(polarization));
        }
    }

    /** As a PONI file of version 2.1, which pyFAI reads. */
    private static String poni(Geometry of) {
        String detector = String.format(
                Locale.ROOT,
                "{\"pixel1\": %s, \"pixel2\": %s, \"max_shape\": [%d, %d], \"orientation\": %d}",
                of.detector().pixel1Metres(),
                of.detector().pixel2Metres(),
                of.detector().rows(),
                of.detector().columns(),
                of.detector().orientation());
        String text = "poni_version: 2.1\nDetector: Detector\nDetector_config: " + detector + "\nDistance: "
                + of.distanceMetres() + "\nPoni1: " + of.poni1Metres() + "\nPoni2: " + of.poni2Metres() + "\nRot1: "
                + of.rot1Radians() + "\nRot2: " + of.rot2Radians() + "\nRot3: " + of.rot3Radians() + "\n";
        return Double.isNaN(of.wavelengthMetres()) ? text : text + "Wavelength: " + of.wavelengthMetres() + "\n";
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Books by the names of {@code summary.json}; losses as {@code lost:NAME}. */
    static Map<String, Long> books(Ledger ledger) {
        Map<String, Long> books = new LinkedHashMap<>();
        books.put("triggers", ledger.triggers());
        books.put("received", ledger.received());
        books.put("frames", ledger.frames());
        books.put("reduced", ledger.reduced());
        books.put("published", ledger.published());
        books.put("archived", ledger.archived());
        new TreeMap<>(ledger.lost()).forEach((name, n) -> books.put("lost:" + name, n));
        return books;
    }
}
