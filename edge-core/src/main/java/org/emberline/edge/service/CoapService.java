package org.emberline.edge.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.service.access.KeyFolder;
import org.emberline.edge.service.access.KeyRing;
import org.emberline.edge.service.access.LiveKeyRing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CoAP server over a run. Reading only reads snapshots: nothing a reader does reaches the frame path.
 *
 * <pre>
 *   snapshots ──get()──► coap-notify thread, once per notify period ──► observers who are due
 *       └───────get()──► coap-protocol thread, one request at a time ─► answers
 *   History ───────────► coap-history thread, one question at a time ─► answers of /history
 *   Commands ◄────────── coap-command thread, one at a time ◄────────── /run, /config: operators by DTLS
 * </pre>
 */
public final class CoapService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoapService.class);
    private static final int COMMANDS_WAITING = 4;

    private final CoapServer server;
    private final CoapEndpoint endpoint;
    private final @Nullable CoapEndpoint secure;
    private final Supplier<Snapshot> snapshots;
    private final ScheduledExecutorService protocol =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("coap-protocol"));
    private final ScheduledExecutorService notifier =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("coap-notify"));
    private final ExecutorService commander = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(COMMANDS_WAITING),
            new DaemonThreadFactory("coap-command"));

    private final @Nullable HistoryResource history;
    private volatile ObjLongConsumer<Snapshot> rounds = (snapshot, nanos) -> {};
    private @Nullable ScheduledFuture<?> beat;

    /**
     * What the service shows and whom it tells.
     *
     * @param history what {@code /history} shows; null to have no such resource
     * @param commands what {@code /run} and {@code /config} do; null to have no such resources
     * @param events takes kind and text of what strangers and operators do; any thread
     */
    public record Sources(
            Supplier<Snapshot> snapshots,
            @Nullable History history,
            @Nullable Commands commands,
            BiConsumer<String, String> events) {

        /** Reading only. */
        public static Sources of(Supplier<Snapshot> snapshots) {
            return new Sources(snapshots, null, null, (kind, text) -> {});
        }
    }

    private CoapService(CoapSettings settings, Sources sources, @Nullable Connector plain) throws IOException {
        snapshots = sources.snapshots();
        Configuration configuration = CaliforniumSettings.create();
        CoapSettings.Dtls dtls = settings.dtls();
        KeyFolder folder = dtls == null ? null : new KeyFolder(dtls.keys());
        Supplier<KeyRing> keys = folder == null ? () -> KeyRing.EMPTY : new LiveKeyRing(folder, System::nanoTime);
        Notices notices = new Notices(sources.events(), System::nanoTime);
        Guard guard = new Guard(keys, new RateLimit(settings.requestsPerSecond(), System::nanoTime), notices);
        InetSocketAddress address = resolve(settings.bindAddress(), settings.port());
        boolean local = address.getAddress().isLoopbackAddress();
        Configuration clear = local ? configuration : CaliforniumSettings.forStrangers();
        endpoint = new CoapEndpoint.Builder()
                .setConfiguration(clear)
                .setConnector(
                        plain != null
                                ? plain
                                : local ? new UDPConnector(address, clear) : new StrangersConnector(address, clear))
                .build();
        secure = dtls == null || folder == null
                ? null
                : new CoapEndpoint.Builder()
                        .setConfiguration(configuration)
                        .setConnector(DtlsDoor.connector(
                                resolve(dtls.bindAddress(), dtls.port()),
                                keys,
                                folder.serverKeys(),
                                configuration,
                                (peer, why) -> notices.tried(Notices.HANDSHAKE_FAILED, peer + ": " + why)))
                        .build();
        server = new CoapServer(configuration);
        server.setExecutors(protocol, notifier, true);
        server.setMessageDeliverer(new ResourceFinder(server.getRoot(), configuration, guard));
        Observers observers =
                new Observers(System::nanoTime, request -> guard.peer(request).words());
        Surroundings surroundings = new Surroundings(snapshots, settings.maxAgeSeconds(), observers);
        for (CoapResource resource : new ResourceTree(surroundings).resources()) {
            server.add(resource);
        }
        history = sources.history() == null ? null : new HistoryResource(sources.history(), settings.maxAgeSeconds());
        if (history != null) {
            server.add(history);
        }
        Commands commands = sources.commands();
        if (commands != null) {
            server.add(new RunResource(commands, snapshots, commander, () -> guard));
            server.add(new ConfigResource(commands, commander, () -> guard));
        }
        server.addEndpoint(endpoint);
        if (secure != null) {
            server.addEndpoint(secure);
        }
    }

    /**
     * Listens from now on, showing only.
     *
     * @throws IOException naming address and port when they cannot be bound
     */
    public static CoapService start(CoapSettings settings, Supplier<Snapshot> snapshots) throws IOException {
        return start(settings, Sources.of(snapshots));
    }

    /**
     * Listens from now on.
     *
     * @throws IOException naming address and port when they cannot be bound, or the file of keys that cannot be used
     */
    public static CoapService start(CoapSettings settings, Sources sources) throws IOException {
        return start(settings, sources, null);
    }

    /**
     * The same over another carrier of datagrams than UDP.
     *
     * @param plain for what comes in the clear; null for UDP
     */
    static CoapService start(CoapSettings settings, Sources sources, @Nullable Connector plain) throws IOException {
        if (!settings.cleartext() && !CoapSettings.isLoopback(settings.bindAddress())) {
            throw new IOException(
                    "refusing to listen in the clear on " + settings.bindAddress() + ", which is beyond loopback");
        }
        CoapService service = new CoapService(settings, sources, plain);
        try {
            // Bound before the server starts, which would log the reason and throw another.
            service.bind(service.endpoint, settings.bindAddress(), settings.port());
            if (service.secure != null && settings.dtls() != null) {
                service.bind(
                        service.secure,
                        settings.dtls().bindAddress(),
                        settings.dtls().port());
            }
        } catch (IOException e) {
            service.close();
            throw e;
        }
        service.server.start();
        service.notifyEvery(settings.notifyPeriod().toNanos());
        return service;
    }

    private void bind(CoapEndpoint door, String address, int port) throws IOException {
        try {
            door.start();
        } catch (IOException e) {
            throw new IOException(cannotBind(address, port) + ": " + e.getMessage(), e);
        }
    }

    private static InetSocketAddress resolve(String address, int port) throws IOException {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new IOException(cannotBind(address, port) + ": unknown host", e);
        }
    }

    private static String cannotBind(String address, int port) {
        return "CoAP cannot bind address=" + address + " port=" + port;
    }

    /** The UDP port in use, also when 0 was asked for. */
    public int port() {
        return endpoint.getAddress().getPort();
    }

    /** That of DTLS; 0 when there is none. */
    public int securePort() {
        return secure == null ? 0 : secure.getAddress().getPort();
    }

    /** From now on, this long between two notifications of a resource. Any thread. */
    public synchronized void notifyEvery(long periodNanos) {
        if (beat != null) {
            beat.cancel(false);
        }
        beat = notifier.scheduleAtFixedRate(this::notifySafely, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
    }

    /** Who is told, on the notifier's thread, when (monotonic) which snapshot's round begins; for those who measure delays. */
    public void onRound(ObjLongConsumer<Snapshot> listener) {
        rounds = listener;
    }

    /** Notifies every observer who is due. */
    synchronized void notifyNow() {
        Snapshot snapshot = snapshots.get();
        rounds.accept(snapshot, System.nanoTime());
        for (Resource resource : server.getRoot().getChildren()) {
            notifyTree(resource, snapshot);
        }
    }

    private static void notifyTree(Resource resource, Snapshot snapshot) {
        if (resource instanceof SnapshotResource shown) {
            shown.notifyDue(snapshot);
        }
        for (Resource child : resource.getChildren()) {
            notifyTree(child, snapshot);
        }
    }

    /** A periodic task that throws is never run again: observers would wait in silence. */
    private void notifySafely() {
        try {
            notifyNow();
        } catch (RuntimeException e) {
            LOG.error("notifying observers failed; trying again next period", e);
        }
    }

    /** Stops listening and ends the threads. Observers hear nothing more. */
    @Override
    public void close() {
        notifier.shutdownNow();
        protocol.shutdownNow();
        commander.shutdownNow();
        if (history != null) {
            history.close();
        }
        server.destroy();
    }
}
