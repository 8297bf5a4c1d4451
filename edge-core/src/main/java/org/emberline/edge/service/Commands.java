package org.emberline.edge.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator can ask of the appliance. Called on one thread of the service, one at a time; may take as long as opening devices
 * takes.
 */
public interface Commands {

    /** What a detector sees while it takes corrections. */
    enum Beam {
        /** Nothing: the shutter is closed. */
        NONE,
        /** The beam, and no sample in it. */
        WITHOUT_SAMPLE
    }

    /** Something to do to a run, or between runs. */
    sealed interface Command {
        /** Open the devices and make the folder of a new run; no frame is taken yet. */
        record Arm() implements Command {}

        /** Take frames; of a run that is not armed, arm it first. */
        record Start() implements Command {}

        /** End after the frames that are there. */
        record Stop() implements Command {}

        /** End at once; frames that have not been measured are discarded. */
        record Abort() implements Command {}

        /**
         * Say what is being measured.
         *
         * @param text one line
         */
        record Label(String text) implements Command {}

        /**
         * Take frames that correct later runs, while there is none.
         *
         * @param frames how many
         * @param detector which imaging detector; null for the only one
         */
        record Take(Beam beam, int frames, @Nullable String detector) implements Command {}

        /** As it is written in requests. */
        default String word() {
            return switch (this) {
                case Arm _ -> "arm";
                case Start _ -> "start";
                case Stop _ -> "stop";
                case Abort _ -> "abort";
                case Label _ -> "label";
                case Take take -> take.beam == Beam.NONE ? "dark" : "flat";
            };
        }
    }

    /** What became of it. */
    sealed interface Outcome {
        /** @param text what has been done, one line */
        record Done(String text) implements Outcome {}

        /** @param reason why the run as it is now does not allow it, one line */
        record Conflict(String reason) implements Outcome {}

        /** @param reason what is wrong with the request, one line */
        record Bad(String reason) implements Outcome {}

        /** @param reason what went wrong while doing it, one line */
        record Failed(String reason) implements Outcome {}
    }

    /**
     * Carries out a command.
     *
     * @param by who has asked, for the records
     */
    Outcome command(Command command, String by);

    /** The words of the commands that the run as it is now allows. Any thread. */
    List<String> possible();

    /** What the run is said to measure; empty when nobody has said it. Any thread. */
    String label();

    /** How far the latest series of darks or flats is, and what came of it; null before the first. Any thread. */
    @Nullable
    ObjectNode correction();

    /** The configuration in force, paths made absolute. Any thread. */
    ObjectNode configuration();

    /**
     * Changes the configuration: all of the patch or nothing.
     *
     * @param patch a merge patch (RFC 7396)
     * @param by who has asked, for the records
     */
    Outcome configure(JsonNode patch, String by);
}
