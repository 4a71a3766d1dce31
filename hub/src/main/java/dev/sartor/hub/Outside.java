package dev.sartor.hub;

/// What surrounds the hub on this machine: variables, the settings that they make, the disk.
record Outside(Environment environment, Settings settings, Disk disk) {
    static Outside ofThisProcess() {
        var environment = Environment.ofThisProcess();
        return new Outside(environment, Settings.of(environment), Disk.real());
    }
}
