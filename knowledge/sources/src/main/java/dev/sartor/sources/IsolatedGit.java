package dev.sartor.sources;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/// JGit without the settings of the machine and of its user, which may send it to other hosts or start programs.
final class IsolatedGit extends SystemReader.Delegate {
    private static final IsolatedGit ONE = new IsolatedGit(SystemReader.getInstance());

    private IsolatedGit(SystemReader before) {
        super(before);
    }

    static void begin() {
        if (SystemReader.getInstance() != ONE) {
            SystemReader.setInstance(ONE);
            FS.FileStoreAttributes.setBackground(
                    true); // else it measures the disk for seconds first
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
