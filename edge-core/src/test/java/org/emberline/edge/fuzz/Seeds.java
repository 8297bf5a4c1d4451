package org.emberline.edge.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.acquire.FuzzedFiles;
import org.emberline.edge.acquire.stream2.FuzzedStream;
import org.emberline.edge.service.FuzzedService;
import org.emberline.edge.service.access.PublicKeys;
import org.emberline.edge.service.senml.SenmlException;
import org.emberline.edge.service.senml.SenmlParser;
import org.emberline.edge.service.senml.SenmlWriter;

/** Sound inputs, from which a fuzzer comes further than from nothing. */
public final class Seeds {
    private static final int PEERS = 4;
    private static final String PACK =
            "[{\"bn\":\"urn:dev:ow:10e2073a01080063:\",\"bt\":1.276020076e+09,\"bu\":\"A\",\"bver\":5,\"n\":\"voltage\",\"u\":\"V\",\"v\":120.1},"
                    + "{\"n\":\"current\",\"t\":-5,\"v\":1.2},{\"n\":\"open\",\"t\":-4,\"vb\":true},{\"n\":\"label\",\"vs\":\"x\"},{\"n\":\"s\",\"s\":1.5}]";

    private Seeds() {}

    /** @param arguments target and folder */
    public static void main(String[] arguments) throws IOException, SenmlException {
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        List<byte[]> seeds = switch (arguments[0]) {
            case "RequestFuzz" -> requests();
            case "FileFuzz" -> FuzzedFiles.seeds();
            case "StreamFuzz" -> FuzzedStream.seeds();
            default -> texts();
        };
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(folder.resolve("seed" + i), seeds.get(i));
        }
    }

    /** Each request as each peer would send it. */
    static List<byte[]> requests() {
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] request : FuzzedService.seeds()) {
            for (int peer = 0; peer < PEERS; peer++) {
                seeds.add(chosen(peer, request));
            }
        }
        return seeds;
    }

    private static List<byte[]> texts() throws SenmlException {
        byte[] pack = PACK.getBytes(StandardCharsets.UTF_8);
        return List.of(
                chosen(0, pack),
                chosen(1, SenmlWriter.cbor(SenmlParser.json(pack))),
                chosen(2, "name=lattice_a&from=-60&to=1.8e9&n=10".getBytes(StandardCharsets.UTF_8)),
                chosen(6, "pmin=1&pmax=5".getBytes(StandardCharsets.UTF_8)),
                chosen(
                        10,
                        PublicKeys.toPem(PublicKeys.generate(new SecureRandom()))
                                .getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] chosen(int first, byte[] rest) {
        byte[] input = new byte[rest.length + 1];
        input[0] = (byte) first;
        System.arraycopy(rest, 0, input, 1, rest.length);
        return input;
    }
}
