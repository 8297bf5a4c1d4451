package org.emberline.edge.service;

import ch.qos.logback.classic.Level;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Californium set up in code: no properties file is read or written. Server and client use the same values. */
public final class CaliforniumSettings {
    /** Largest payload of one datagram (RFC 7252 section 4.6); what is larger travels in blocks of this size. */
    public static final int DATAGRAM_PAYLOAD_BYTES = 1024;
    /** Largest body in blocks: a pattern of 4000 bins as JSON is about half of it. */
    public static final int MAX_BODY_BYTES = 512 << 10;

    /** The kernel grants less where net.core.rmem_max says so; the default of some 200 kB loses bursts of 30 observers. */
    static final int UDP_BUFFER_BYTES = 1 << 20;

    private static final int STRANGERS_BYTES = 64;
    private static final int PEERS = 20_000;
    /** What two cores serve is less: docs/benchmarks has the figure. */
    private static final int OBSERVERS = 5_000;

    private CaliforniumSettings() {}

    /** A fresh configuration; also quietens Californium's loggers, unless the log configuration names them itself. */
    public static Configuration create() {
        quieten("org.eclipse.californium", Level.ERROR);
        // Says ERROR of a block that is larger than its own option says: anybody can send such.
        quieten("org.eclipse.californium.core.network.CoapEndpoint", Level.OFF);
        return new Configuration(
                        CoapConfig.DEFINITIONS, UdpConfig.DEFINITIONS, SystemConfig.DEFINITIONS, DtlsConfig.DEFINITIONS)
                .set(CoapConfig.MAX_MESSAGE_SIZE, DATAGRAM_PAYLOAD_BYTES)
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, DATAGRAM_PAYLOAD_BYTES)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MAX_BODY_BYTES)
                .set(CoapConfig.BLOCKWISE_STATUS_LIFETIME, 60, TimeUnit.SECONDS)
                .set(CoapConfig.MAX_ACTIVE_PEERS, PEERS)
                .set(CoapConfig.MAX_SERVER_OBSERVES, OBSERVERS)
                // The default keeps every message of four minutes: a flood would fill the memory.
                .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP)
                .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1)
                .set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1)
                .set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1)
                .set(UdpConfig.UDP_RECEIVE_BUFFER_SIZE, UDP_BUFFER_BYTES)
                .set(UdpConfig.UDP_SEND_BUFFER_SIZE, UDP_BUFFER_BYTES)
                .set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.SECONDS);
    }

    /**
     * The same for those whose address nobody has verified: an answer has little more bytes than the question, so that nobody can have a third one
     * flooded (RFC 7252 section 11.3 names blocks of 64 bytes for that).
     */
    static Configuration forStrangers() {
        return create().set(CoapConfig.MAX_MESSAGE_SIZE, STRANGERS_BYTES)
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, STRANGERS_BYTES);
    }

    /** Its INFO tells of every start and its WARN of every odd datagram: a stranger could fill the log. */
    private static void quieten(String name, Level level) {
        Logger logger = LoggerFactory.getLogger(name);
        if (logger instanceof ch.qos.logback.classic.Logger logback && logback.getLevel() == null) {
            logback.setLevel(level);
        }
    }
}
