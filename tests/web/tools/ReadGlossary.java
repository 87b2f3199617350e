import java.io.File;
import java.io.PrintStream;
import java.util.List;
import java.util.TreeMap;
import org.omegat.core.Core;
import org.omegat.core.data.ProjectProperties;
import org.omegat.core.data.RealProject;
import org.omegat.gui.glossary.GlossaryEntry;
import org.omegat.gui.glossary.GlossaryReaderTBX;
import org.omegat.gui.glossary.GlossaryReaderTSV;
import org.omegat.util.ProjectFileStorage;
import org.omegat.util.RuntimePreferences;

/**
 * Opens a project as OmegaT's console does, and prints what OmegaT reads from glossary
 * files: a line for each entry, its source, target and comment parted by TAB.
 */
public class ReadGlossary {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        System.setOut(System.err);
        RuntimePreferences.setConfigDir(arguments[0] + "/config/");
        RuntimePreferences.setProjectLockingEnabled(false);
        Core.initializeConsole(new TreeMap<>());
        ProjectProperties project =
                ProjectFileStorage.loadProjectProperties(new File(arguments[0]));
        Core.setProject(new RealProject(project, null));
        for (int i = 1; i < arguments.length; i++) {
            File file = new File(arguments[i]);
            List<GlossaryEntry> entries = file.getName().endsWith(".tbx")
                    ? GlossaryReaderTBX.read(file, false)
                    : GlossaryReaderTSV.read(file, false);
            for (GlossaryEntry entry : entries) {
                out.println(String.join("\t", entry.getSrcText(), entry.getLocText(),
                        entry.getCommentText().replace('\n', ' ')));
            }
        }
        System.exit(0);
    }
}
