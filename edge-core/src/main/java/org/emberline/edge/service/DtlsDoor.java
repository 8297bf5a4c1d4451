package org.emberline.edge.service;

import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.SessionAdapter;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.emberline.edge.service.access.Credential.Psk;
import org.emberline.edge.service.access.KeyRing;

/**
 * The DTLS side of the service: pre-shared and raw public keys by the key ring of the moment, connection ids, and bounds for what
 * strangers can make it hold.
 */
final class DtlsDoor {
    /** Sessions and handshakes under way; the cookie exchange comes before either, so that addresses cannot be made up. */
    private static final int CONNECTIONS = 20_000;
    /** A silent one may be pushed out by a new one after this. */
    private static final int STALE_SECONDS = 60;
    /** 2 + 4 + 8 s: a peer that falls silent in a handshake is forgotten after that. */
    private static final int RETRANSMISSIONS = 2;

    private static final int CID_BYTES = 6;

    private DtlsDoor() {}

    /** @param failed takes the address and the reason of a handshake that came to no end */
    static DTLSConnector connector(
            InetSocketAddress address,
            Supplier<KeyRing> keys,
            KeyPair own,
            Configuration configuration,
            BiConsumer<String, String> failed) {
        Configuration dtls = new Configuration(configuration)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, CID_BYTES)
                .set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, CertificateAuthenticationMode.NEEDED)
                .set(DtlsConfig.DTLS_MAX_CONNECTIONS, CONNECTIONS)
                .set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, STALE_SECONDS, TimeUnit.SECONDS)
                .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, RETRANSMISSIONS)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_RECEIVE_BUFFER_SIZE, CaliforniumSettings.UDP_BUFFER_BYTES)
                .set(DtlsConfig.DTLS_SEND_BUFFER_SIZE, CaliforniumSettings.UDP_BUFFER_BYTES);
        return new DTLSConnector(DtlsConnectorConfig.builder(dtls)
                .setAddress(address)
                .setAdvancedPskStore(new SharedKeys(keys))
                .setCertificateIdentityProvider(new SingleCertificateProvider(own.getPrivate(), own.getPublic()))
                .setAdvancedCertificateVerifier(
                        new RawPublicKeys(key -> keys.get().of(key) != null))
                .setSessionListener(new SessionAdapter() {
                    @Override
                    public void handshakeFailed(Handshaker handshaker, Throwable error) {
                        failed.accept(
                                handshaker.getPeerAddress().getAddress().getHostAddress(),
                                String.valueOf(error.getMessage()));
                    }
                })
                .build());
    }

    /** Pre-shared keys of the ring. */
    private record SharedKeys(Supplier<KeyRing> keys) implements AdvancedPskStore {
        @Override
        public boolean hasEcdhePskSupported() {
            return true;
        }

        @Override
        @SuppressWarnings("NullAway") // Scandium: a null secret means that there is none
        public PskSecretResult requestPskSecretResult(
                ConnectionId cid,
                ServerNames serverNames,
                PskPublicInformation identity,
                String hmacAlgorithm,
                SecretKey otherSecret,
                byte[] seed,
                boolean useExtendedMasterSecret) {
            Psk psk = keys.get().psk(identity.getPublicInfoAsString());
            SecretKey secret = psk == null ? null : SecretUtil.create(psk.bytes(), PskSecretResult.ALGORITHM_PSK);
            return new PskSecretResult(cid, identity, secret);
        }

        @Override
        @SuppressWarnings("NullAway") // only clients are asked who they are
        public PskPublicInformation getIdentity(InetSocketAddress peer, ServerNames virtualHost) {
            return null;
        }

        @Override
        public void setResultHandler(HandshakeResultHandler resultHandler) {
            // Answers at once, never by the handler.
        }
    }
}
