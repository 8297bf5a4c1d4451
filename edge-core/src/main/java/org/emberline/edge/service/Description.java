package org.emberline.edge.service;

import java.util.List;
import org.eclipse.californium.core.coap.MediaTypeRegistry;

/**
 * What {@code /.well-known/core} tells about a resource.
 *
 * @param resourceType {@code rt}, in the prefix of this project: the register keeps {@code core.*} for itself
 * @param contentFormats {@code ct}; the first is the answer to a request without Accept
 */
record Description(String title, String resourceType, List<Integer> contentFormats, boolean observable) {
    static final int TEXT = MediaTypeRegistry.TEXT_PLAIN;
    static final int JSON = MediaTypeRegistry.APPLICATION_JSON;
    static final int CBOR = MediaTypeRegistry.APPLICATION_CBOR;
    static final int PNG = MediaTypeRegistry.IMAGE_PNG;
    static final int SENML_JSON = MediaTypeRegistry.APPLICATION_SENML_JSON;
    static final int SENML_CBOR = MediaTypeRegistry.APPLICATION_SENML_CBOR;

    /** Of most documents. */
    static final List<Integer> DOCUMENT = List.of(JSON, CBOR, TEXT);
    /** Of packs. */
    static final List<Integer> SENML = List.of(SENML_JSON, SENML_CBOR, TEXT);

    Description {
        contentFormats = List.copyOf(contentFormats);
    }
}
