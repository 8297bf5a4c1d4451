package org.emberline.edge.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.service.FuzzedService;
import org.emberline.edge.service.Mutations;
import org.junit.jupiter.api.Test;

/** The fuzz targets with inputs of our own generator; {@code build-tools/fuzz} has Jazzer look for more. */
class NetworkFuzzTest {
    private static final int INPUTS = Integer.getInteger("emberline.fuzz", 50_000);

    @Test
    void damagedRequestsHarmNobody() throws Exception {
        List<byte[]> seeds = Seeds.requests();
        SplittableRandom random = new SplittableRandom(10);
        Mutations mutations = new Mutations(random, seeds);
        try (FuzzedService service = new FuzzedService()) {
            for (int i = 0; i < INPUTS; i++) {
                byte[] input = mutations.next();
                if (input.length > 4) {
                    // Another message each time: a repeated one is answered from memory.
                    input[3] = (byte) (i >> 8);
                    input[4] = (byte) i;
                }
                service.deliver(input);
            }
            service.drain();
            assertTrue(service.answers() > INPUTS / 10, service.answers() + " answers");
        }
    }
}
