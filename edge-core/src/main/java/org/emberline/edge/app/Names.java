package org.emberline.edge.app;

/** Names of what every detector has, in summaries and reports: the first detector's is short, any other's begins with its name. */
final class Names {
    static final String TEMPERATURE = "temperature";

    private Names() {}

    /** @param detector number within the run */
    static String temperature(int detector, String name) {
        return detector == 0 ? TEMPERATURE : name + ":" + TEMPERATURE;
    }
}
