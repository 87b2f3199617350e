import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.omegat.core.Core;
import org.omegat.core.data.EntryKey;
import org.omegat.core.data.ProjectProperties;
import org.omegat.core.data.ProtectedPart;
import org.omegat.core.data.RealProject;
import org.omegat.core.data.SourceTextEntry;
import org.omegat.gui.glossary.FindGlossaryThread;
import org.omegat.gui.glossary.GlossaryEntry;
import org.omegat.gui.glossary.GlossaryManager;
import org.omegat.gui.glossary.GlossaryReaderTSV;
import org.omegat.util.ProjectFileStorage;
import org.omegat.util.RuntimePreferences;

/**
 * Looks for a glossary's terms in segments as OmegaT does for the segment that is open.
 *
 * Takes a project, a glossary and a file with a segment in each line. For each line of
 * the standard input it searches all segments once, and prints the nanoseconds of the
 * processor and the terms, parted by TAB.
 */
public class SearchGlossary {
    private static class Kept extends GlossaryManager {
        private final List<GlossaryEntry> entries;

        Kept(List<GlossaryEntry> entries) {
            super(null);
            this.entries = entries;
        }

        @Override
        public List<GlossaryEntry> getGlossaryEntries(String segment) {
            return entries;
        }
    }

    private static class Search extends FindGlossaryThread {
        Search(SourceTextEntry segment, GlossaryManager manager) {
            super(null, segment, manager);
        }

        @Override
        protected boolean isEntryChanged() {
            return false;
        }

        List<GlossaryEntry> matches() {
            return search();
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        System.setOut(System.err);
        RuntimePreferences.setConfigDir(arguments[0] + "/config/");
        RuntimePreferences.setProjectLockingEnabled(false);
        Core.initializeConsole(new TreeMap<>());
        ProjectProperties project =
                ProjectFileStorage.loadProjectProperties(new File(arguments[0]));
        Core.setProject(new RealProject(project, null));
        GlossaryManager manager = new Kept(GlossaryReaderTSV.read(new File(arguments[1]), false));
        List<SourceTextEntry> segments = new ArrayList<>();
        for (String line : Files.readAllLines(new File(arguments[2]).toPath(), StandardCharsets.UTF_8)) {
            EntryKey key = new EntryKey("text", line, null, "", "", null);
            List<ProtectedPart> none = Collections.emptyList();
            segments.add(new SourceTextEntry(key, segments.size() + 1, null, null, none));
        }
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        while (asked.readLine() != null) {
            Set<String> terms = new TreeSet<>();
            long begin = clock.getCurrentThreadCpuTime();
            for (SourceTextEntry segment : segments) {
                for (GlossaryEntry entry : new Search(segment, manager).matches()) {
                    terms.add(entry.getSrcText());
                }
            }
            out.println((clock.getCurrentThreadCpuTime() - begin) + "\t" + String.join("\t", terms));
        }
        System.exit(0);
    }
}
