package dev.sartor.sources;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/// JGit without the settings of the machine and of its user, which may send it to other hosts or start programs. It is told how
/// exact the times of files are: it would measure it for seconds, by files beside the user's.
final class IsolatedGit extends SystemReader.Delegate {
    private static final IsolatedGit ONE = new IsolatedGit(SystemReader.getInstance());

    private IsolatedGit(SystemReader before) {
        super(before);
    }

    static void begin() {
        if (SystemReader.getInstance() != ONE) {
            SystemReader.setInstance(ONE);
        }
    }

    private static FileBasedConfig empty(Config parent, FS fs) {
        return new FileBasedConfig(parent, null, fs) {
            @Override
            public void load() {}

            @Override
            public void save() {} // there is no file

            @Override
            public boolean isOutdated() {
                return false;
            }

            @Override
            public long getTimeUnit(
                    String section, String name, String key, long otherwise, TimeUnit unit) {
                var coarsest = FS.FileStoreAttributes.FALLBACK_TIMESTAMP_RESOLUTION;
                return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
                        ? unit.convert(coarsest)
                        : super.getTimeUnit(section, name, key, otherwise, unit);
            }
        };
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return empty(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return empty(parent, fs);
    }
}
