package org.emberline.edge.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.emberline.edge.pipeline.RunController;
import org.emberline.edge.pipeline.Snapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CoAP server over a run. It only reads snapshots: nothing a client does reaches the frame path.
 *
 * <pre>
 *   RunController ──get()──► coap-notify thread, once per notify period ──► observers whose part has changed
 *        └──────────get()──► coap-protocol thread, one request at a time ─► answers
 *   History ──────────────► coap-history thread, one question at a time ──► answers of /history
 * </pre>
 */
public final class CoapService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoapService.class);

    private final CoapServer server;
    private final CoapEndpoint endpoint;
    private final RunController run;
    private final ScheduledExecutorService protocol =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("coap-protocol"));
    private final ScheduledExecutorService notifier =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("coap-notify"));

    private final @Nullable HistoryResource history;

    private CoapService(InetSocketAddress address, CoapSettings settings, RunController run, @Nullable History past) {
        Configuration configuration = CaliforniumSettings.create();
        this.run = run;
        endpoint = new CoapEndpoint.Builder()
                .setConfiguration(configuration)
                .setInetSocketAddress(address)
                .build();
        server = new CoapServer(configuration);
        server.setExecutors(protocol, notifier, true);
        server.setMessageDeliverer(new ResourceFinder(server.getRoot(), configuration));
        for (CoapResource resource : new ResourceTree(run, settings.maxAgeSeconds()).resources()) {
            server.add(resource);
        }
        history = past == null ? null : new HistoryResource(past, settings.maxAgeSeconds());
        if (history != null) {
            server.add(history);
        }
        server.addEndpoint(endpoint);
    }

    /**
     * Listens from now on.
     *
     * @throws IOException naming address and port when they cannot be bound
     */
    public static CoapService start(CoapSettings settings, RunController run) throws IOException {
        return start(settings, run, null);
    }

    /**
     * The same over a run that is archived.
     *
     * @param history what {@code /history} shows; null to have no such resource
     * @throws IOException naming address and port when they cannot be bound
     */
    public static CoapService start(CoapSettings settings, RunController run, @Nullable History history)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(resolve(settings), settings.port());
        CoapService service = new CoapService(address, settings, run, history);
        try {
            // Bound before the server starts, which would log the reason and throw another.
            service.endpoint.start();
        } catch (IOException e) {
            service.close();
            throw new IOException(cannotBind(settings) + ": " + e.getMessage(), e);
        }
        service.server.start();
        long period = settings.notifyPeriod().toNanos();
        ScheduledFuture<?> _ = // ends with its executor
                service.notifier.scheduleWithFixedDelay(service::notifySafely, period, period, TimeUnit.NANOSECONDS);
        return service;
    }

    private static InetAddress resolve(CoapSettings settings) throws IOException {
        try {
            return InetAddress.getByName(settings.bindAddress());
        } catch (UnknownHostException e) {
            throw new IOException(cannotBind(settings) + ": unknown host", e);
        }
    }

    private static String cannotBind(CoapSettings settings) {
        return "CoAP cannot bind address=" + settings.bindAddress() + " port=" + settings.port();
    }

    /** The UDP port in use, also when 0 was asked for. */
    public int port() {
        return endpoint.getAddress().getPort();
    }

    /** Notifies every observer whose resource has changed since the last call. */
    synchronized void notifyNow() {
        Snapshot snapshot = run.get();
        for (Resource resource : server.getRoot().getChildren()) {
            notifyTree(resource, snapshot);
        }
    }

    private static void notifyTree(Resource resource, Snapshot snapshot) {
        if (resource instanceof SnapshotResource shown) {
            shown.notifyIfChanged(snapshot);
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
        if (history != null) {
            history.close();
        }
        server.destroy();
    }
}
