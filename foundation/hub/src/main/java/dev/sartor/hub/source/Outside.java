package dev.sartor.hub.source;

import dev.sartor.hub.environment.Environment;
import dev.sartor.hub.environment.Settings;
import dev.sartor.hub.fetch.Disk;

/// What surrounds the hub on this machine: variables, the settings that they make, the disk.
public record Outside(Environment environment, Settings settings, Disk disk) {
    public static Outside ofThisProcess() {
        var environment = Environment.ofThisProcess();
        return new Outside(environment, Settings.of(environment), Disk.real());
    }
}
