package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** The JDK's own reader decodes what we write. */
class PreviewPngTest {
    private static final String NATIVE_METADATA = "javax_imageio_png_1.0";

    /** What a reader of pictures sees: greys row by row, and what stands beside them. */
    private record Decoded(int rows, int columns, int[] greys, Map<String, String> texts, String transparent) {}

    private static Decoded decode(byte[] png) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(png))) {
            reader.setInput(in);
            IIOImage all = reader.readAll(0, null);
            BufferedImage image = (BufferedImage) all.getRenderedImage();
            int[] greys = new int[image.getWidth() * image.getHeight()];
            for (int i = 0; i < greys.length; i++) {
                greys[i] = image.getRaster().getSample(i % image.getWidth(), i / image.getWidth(), 0);
            }
            Map<String, String> texts = new HashMap<>();
            String[] transparent = {""};
            collect(all.getMetadata().getAsTree(NATIVE_METADATA), texts, transparent);
            assertEquals(8, image.getSampleModel().getSampleSize(0));
            return new Decoded(image.getHeight(), image.getWidth(), greys, texts, transparent[0]);
        } finally {
            reader.dispose();
        }
    }

    private static void collect(Node node, Map<String, String> texts, String[] transparent) {
        NamedNodeMap attributes = node.getAttributes();
        switch (node.getNodeName()) {
            case "tEXtEntry" ->
                texts.put(
                        attributes.getNamedItem("keyword").getNodeValue(),
                        attributes.getNamedItem("value").getNodeValue());
            case "tRNS_Grayscale" ->
                transparent[0] = attributes.getNamedItem("gray").getNodeValue();
            default -> {}
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            collect(child, texts, transparent);
        }
    }

    @Test
    void everyPixelHasItsGrey() throws IOException {
        float[] map = {
            0.5f, 1.77f, Float.NaN, -3, 9, 0.505f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1.135f, 0.5049f
        };
        Decoded decoded = decode(PreviewPng.of(2, 5, map, 0.5f, 1.77f));
        assertEquals(2, decoded.rows);
        assertEquals(5, decoded.columns);
        // A grey is 0.005 wide.
        assertEquals("[1, 255, 0, 1, 255, 2, 255, 1, 128, 2]", Arrays.toString(decoded.greys));
        assertEquals(Map.of("quantity", "optical_density", "low", "0.5", "high", "1.77"), decoded.texts);
        assertEquals("0", decoded.transparent, "a pixel without a value is transparent");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 300", "300, 1", "64, 48", "126, 126", "513, 257"})
    void mapsOfAnyShapeComeBack(int rows, int columns) throws IOException {
        Random random = new Random(31L * rows + columns);
        float[] map = new float[rows * columns];
        int[] expected = new int[map.length];
        for (int i = 0; i < map.length; i++) {
            expected[i] = random.nextInt(256);
            map[i] = expected[i] == 0 ? Float.NaN : -1 + (expected[i] - 1) / 254f * 4;
        }
        assertEquals(
                Arrays.toString(expected), Arrays.toString(decode(PreviewPng.of(rows, columns, map, -1, 3)).greys));
    }

    @Test
    void denseIsLight() throws IOException {
        int[] greys = decode(PreviewPng.of(1, 3, new float[] {0, 1, 2}, 0, 2)).greys;
        assertTrue(greys[0] < greys[1] && greys[1] < greys[2], Arrays.toString(greys));
    }

    @Test
    void aSmoothMapIsSmall() {
        float[] map = new float[126 * 126];
        for (int i = 0; i < map.length; i++) {
            int row = i / 126;
            map[i] = (float) Math.sin(row / 40.0);
        }
        int bytes = PreviewPng.of(126, 126, map, -1, 1).length;
        assertTrue(bytes < 1024, "fits a block: bytes=" + bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 3, 5, 0, 1, 'not a map rows=2 columns=3 values=5'",
        "0, 3, 0, 0, 1, 'not a map rows=0 columns=3 values=0'",
        "-1, -6, 6, 0, 1, 'not a map rows=-1 columns=-6 values=6'",
        "2, 3, 6, 1, 1, 'the range of greys must be finite and not empty low=1.0 high=1.0'",
        "2, 3, 6, NaN, 1, 'the range of greys must be finite and not empty low=NaN high=1.0'",
        "2, 3, 6, 0, Infinity, 'the range of greys must be finite and not empty low=0.0 high=Infinity'"
    })
    void refusesWhatIsNoMap(int rows, int columns, int values, float low, float high, String message) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> PreviewPng.of(rows, columns, new float[values], low, high));
        assertEquals(message, e.getMessage());
    }
}
