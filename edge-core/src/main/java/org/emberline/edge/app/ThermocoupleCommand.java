package org.emberline.edge.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emberline.firmware.Its90;
import org.emberline.firmware.ThermocoupleType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code thermocouple}: emf and temperature by ITS-90, and the check of them against a table. */
@Command(
        name = "thermocouple",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Turns the emf of a thermocouple into a temperature or a temperature into an emf, by the reference functions of ITS-90.",
            "The hot junction is at E^-1(V + E(T_cj)): emfs are added, never temperatures.",
            "--table compares with a table whose header is t90_C,emf_mV: E(t) with its emfs, which must agree to 0.0005 mV, and"
                    + " E^-1(E(t)) with t, which must agree to 0.001 C. The last line has the largest deviations. How far E^-1 of the"
                    + " table's emfs is from t is said too; that is mostly the rounding of the table, and is not judged."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:done",
            " 1:the table differs by more than that",
            " 2:usage, or outside of the type's range",
            "74:the table cannot be read",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline thermocouple --type K --emf 36.326 --cold-junction 25",
            "  emberline thermocouple --type S --temperature 900",
            "  emberline thermocouple --type K --table type_K_1C.csv",
        })
final class ThermocoupleCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            required = true,
            converter = TypeConverter.class,
            description = "B, E, J, K, N, R, S or T.")
    @SuppressWarnings("NullAway.Init") // picocli
    private ThermocoupleType type;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli
    private Question question;

    @Option(
            names = "--cold-junction",
            paramLabel = "C",
            description =
                    "Temperature where the wires end and the emf is measured, degrees Celsius (default: ${DEFAULT-VALUE}).")
    private double coldCelsius = 0;

    @Option(names = "--json", description = "One JSON object; for machines.")
    private boolean json;

    /** One of the three. */
    static final class Question {
        @Option(
                names = "--emf",
                paramLabel = "MV",
                required = true,
                description = "Emf in millivolts, of which the temperature is wanted (needed, or one of the next two).")
        private @Nullable Double millivolts;

        @Option(
                names = "--temperature",
                paramLabel = "C",
                required = true,
                description =
                        "Temperature in degrees Celsius, of which the emf is wanted (needed, or one of its neighbours).")
        private @Nullable Double celsius;

        @Option(
                names = "--table",
                paramLabel = "CSV",
                required = true,
                description = "Table to compare with (needed, or one of the two above).")
        private @Nullable Path table;
    }

    /** Types are written as everywhere, in upper case; lower case is understood. */
    static final class TypeConverter implements ITypeConverter<ThermocoupleType> {
        @Override
        public ThermocoupleType convert(String text) {
            return Stream.of(ThermocoupleType.values())
                    .filter(type -> type.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException("must be one of " + types() + ", is \"" + text + "\""));
        }

        private static String types() {
            return Stream.of(ThermocoupleType.values()).map(Enum::name).collect(Collectors.joining(", "));
        }
    }

    @Override
    public Integer call() throws UsageException, IOException {
        double cold = type.millivolts(coldCelsius);
        if (Double.isNaN(cold)) {
            throw new UsageException("--cold-junction " + coldCelsius + " is outside of type " + range(type));
        }
        if (question.table != null) {
            return compare(question.table);
        }
        if (question.millivolts != null) {
            double millivolts = question.millivolts;
            print(celsius(millivolts, cold), millivolts, true);
        } else if (question.celsius != null) {
            double celsius = question.celsius;
            double emf = type.millivolts(celsius);
            if (Double.isNaN(emf)) {
                throw new UsageException("--temperature " + celsius + " is outside of type " + range(type));
            }
            print(celsius, emf - cold, false);
        }
        return ExitCode.DONE;
    }

    private double celsius(double millivolts, double cold) throws UsageException {
        double celsius = Its90.celsius(type, millivolts + cold);
        if (!Double.isNaN(celsius)) {
            return celsius;
        }
        double least = type.leastInvertibleCelsius();
        String why = least > type.leastCelsius()
                ? "; below " + least + " C an emf of type " + type + " does not say one temperature"
                : "";
        throw new UsageException(String.format(
                Locale.ROOT,
                "--emf %s with the cold junction at %s C is outside of type %s, %.6f to %.6f mV (%s to %s C)%s",
                millivolts,
                coldCelsius,
                type,
                type.millivolts(least) - cold,
                type.millivolts(type.mostCelsius()) - cold,
                least,
                type.mostCelsius(),
                why));
    }

    private int compare(Path file) throws IOException {
        EmfComparison comparison = EmfComparison.of(type, EmfTable.read(file, type), coldCelsius);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(text(comparison.json()));
        } else {
            comparison.lines().forEach(out::println);
        }
        return comparison.within() ? ExitCode.DONE : ExitCode.RUN_FAILED;
    }

    /** @param hotIsAnswer the answer comes last */
    private void print(double hot, double millivolts, boolean hotIsAnswer) throws IOException {
        double slope = 1e3 * type.millivoltsPerKelvin(hot);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, @Nullable Object> root = new LinkedHashMap<>();
            root.put("type", type.name());
            root.put("celsius", hot);
            root.put("millivolts", millivolts);
            root.put("cold_junction_celsius", coldCelsius);
            root.put("microvolts_per_kelvin", slope);
            out.println(text(root));
            return;
        }
        out.println("type           " + range(type));
        out.println("cold junction  " + coldCelsius + " C");
        out.println(String.format(Locale.ROOT, "slope          %.4f uV/K", slope));
        String emf = String.format(Locale.ROOT, "emf            %.6f mV", millivolts);
        String temperature = String.format(Locale.ROOT, "temperature    %.5f C", hot);
        (hotIsAnswer ? List.of(emf, temperature) : List.of(temperature, emf)).forEach(out::println);
    }

    private static String text(Map<String, @Nullable Object> root) throws JsonProcessingException {
        return JSON.writeValueAsString(root);
    }

    /** A type with the ends of its reference function. */
    static String range(ThermocoupleType type) {
        return type + ", " + type.leastCelsius() + " to " + type.mostCelsius() + " C";
    }
}
