package org.emberline.edge.service.view;

import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.emberline.edge.service.RawPublicKeys;
import org.emberline.edge.service.access.Credential.Psk;

/** With what a client shows who it is. */
public sealed interface OwnKeys {

    /** Nothing: in the clear. */
    record None() implements OwnKeys {}

    /** A pre-shared key under the name that the service knows it by. */
    record Shared(String identity, Psk key) implements OwnKeys {}

    /**
     * A raw public key.
     *
     * @param own the client's pair
     * @param server the service's public key: no other is spoken to
     */
    record Raw(KeyPair own, PublicKey server) implements OwnKeys {}

    /** A connector with these keys; not for {@link None}. */
    default DTLSConnector connector(Configuration configuration) {
        Configuration dtls = new Configuration(configuration)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
        DtlsConnectorConfig.Builder builder = DtlsConnectorConfig.builder(dtls).setAddress(new InetSocketAddress(0));
        switch (this) {
            case None _ -> throw new IllegalStateException("no key, no DTLS");
            case Shared shared ->
                builder.setAdvancedPskStore(new AdvancedSinglePskStore(
                        shared.identity(), shared.key().bytes()));
            case Raw raw ->
                builder.setCertificateIdentityProvider(new SingleCertificateProvider(
                                raw.own().getPrivate(), raw.own().getPublic()))
                        .setAdvancedCertificateVerifier(new RawPublicKeys(key -> key.equals(raw.server())));
        }
        return new DTLSConnector(builder.build());
    }
}
