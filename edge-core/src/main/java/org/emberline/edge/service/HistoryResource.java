package org.emberline.edge.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.emberline.edge.service.History.Question;
import org.emberline.edge.service.senml.SenmlBase;
import org.emberline.edge.service.senml.SenmlNames;
import org.emberline.edge.service.senml.SenmlRecord;
import org.emberline.edge.service.senml.SenmlValue;
import org.emberline.edge.service.senml.SenmlWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /history}: what has been archived, as SenML. The disk may take its time, so that a thread of its own asks, one question at a time;
 * the protocol's thread only hands it over, and refuses when some are waiting already.
 */
final class HistoryResource extends CoapResource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryResource.class);
    private static final int WAITING = 4;
    private static final int RETRY_SECONDS = 5;
    private static final double NANOS = 1e9;
    private static final List<Integer> FORMATS = List.of(Description.SENML_JSON, Description.SENML_CBOR);

    private final History history;
    private final long maxAgeSeconds;
    private final ExecutorService reader = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), new DaemonThreadFactory("coap-history"));

    HistoryResource(History history, long maxAgeSeconds) {
        super("history");
        this.history = history;
        this.maxAgeSeconds = maxAgeSeconds;
        getAttributes().setTitle("Archived series: name, from, to, n");
        getAttributes().addResourceType("ember.history");
        getAttributes().addInterfaceDescription("core.s");
        FORMATS.forEach(getAttributes()::addContentType);
    }

    @Override
    public void handleRequest(Exchange exchange) {
        CoapExchange request = new CoapExchange(exchange);
        if (request.getRequestCode() != CoAP.Code.GET) {
            request.respond(ResponseCode.METHOD_NOT_ALLOWED, "read-only: GET " + getURI());
            return;
        }
        OptionSet options = request.getRequestOptions();
        int contentFormat = options.hasAccept() ? options.getAccept() : FORMATS.getFirst();
        if (!FORMATS.contains(contentFormat)) {
            request.respond(ResponseCode.NOT_ACCEPTABLE, "Accept=" + contentFormat + " is not among ct=" + FORMATS);
            return;
        }
        Question question;
        try {
            question = HistoryQuery.parse(options.getUriQuery());
        } catch (IllegalArgumentException e) {
            request.respond(ResponseCode.BAD_REQUEST, e.getMessage());
            return;
        }
        try {
            reader.execute(() -> answer(request, question, contentFormat));
        } catch (RejectedExecutionException e) {
            unavailable(request, WAITING + " questions wait already");
        }
    }

    private void answer(CoapExchange request, Question question, int contentFormat) {
        try {
            switch (history.read(question)) {
                case History.Unknown _ ->
                    request.respond(ResponseCode.NOT_FOUND, "the run has no series name=" + question.name());
                case History.Unavailable unavailable -> unavailable(request, unavailable.reason());
                case History.Series series -> {
                    List<SenmlRecord> pack = pack(question.name(), series);
                    content(
                            request,
                            contentFormat,
                            contentFormat == Description.SENML_CBOR ? SenmlWriter.cbor(pack) : SenmlWriter.json(pack));
                }
            }
        } catch (RuntimeException e) {
            LOG.error("GET {} failed", getURI(), e);
            request.respond(ResponseCode.INTERNAL_SERVER_ERROR, "cannot represent " + getURI() + "; see the log");
        }
    }

    private static void unavailable(CoapExchange request, String reason) {
        Response response = new Response(ResponseCode.SERVICE_UNAVAILABLE);
        response.getOptions().setMaxAge(RETRY_SECONDS);
        response.setPayload(reason);
        request.respond(response);
    }

    private void content(CoapExchange request, int contentFormat, byte[] payload) {
        Response response = new Response(ResponseCode.CONTENT);
        response.setPayload(payload);
        response.getOptions().setContentFormat(contentFormat);
        response.getOptions().setMaxAge(maxAgeSeconds);
        response.getOptions().addETag(EntityTags.of(payload));
        request.respond(response);
    }

    /** The name once as base name and the first time as base time; then value and sigma of each point, and last how many have none. */
    private static List<SenmlRecord> pack(String name, History.Series series) {
        List<SenmlRecord> records = new ArrayList<>();
        double base = series.points().isEmpty() ? 0 : series.points().getFirst().nanos() / NANOS;
        for (History.Point point : series.points()) {
            double seconds = point.nanos() / NANOS - base;
            records.add(number(null, series.unit(), point.value(), seconds));
            if (Double.isFinite(point.sigma())) {
                records.add(
                        number(":sigma", series.unit().equals("Cel") ? "K" : series.unit(), point.sigma(), seconds));
            }
        }
        if (series.absent() > 0 || records.isEmpty()) {
            records.add(number(":absent", "count", (double) series.absent(), null));
        }
        SenmlBase first =
                new SenmlBase(SenmlNames.mended(name), series.points().isEmpty() ? null : base, null, null, null, null);
        records.set(0, records.getFirst().with(first, records.getFirst().name()));
        return records;
    }

    private static SenmlRecord number(@Nullable String name, String unit, double value, @Nullable Double seconds) {
        return new SenmlRecord(
                SenmlBase.NONE,
                name,
                unit.isEmpty() ? null : unit,
                new SenmlValue.Numeric(value),
                null,
                seconds != null && seconds == 0 ? null : seconds,
                null);
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
