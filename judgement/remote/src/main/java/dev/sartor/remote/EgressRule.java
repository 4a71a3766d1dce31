package dev.sartor.remote;

import dev.sartor.core.Question;
import dev.sartor.core.SartorException;
import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.Remote.Egress;

/// What may be sent to a remote model. Whoever puts a prompt together leaves out what may not; this is where it is held to that.
record EgressRule(Remote remote) {
    /// @throws SartorException a user's error where nothing may be sent to it at all
    static void requireAny(Remote remote) {
        if (remote.egress() == Egress.NONE) {
            throw SartorException.user(
                    "nothing may be sent to remotes '"
                            + remote.name()
                            + "': its egress is none. Set egress: public in sartor.yaml to send it the asker's own words and what everyone may"
                            + " read, or take the remote out.");
        }
    }

    /// @throws SartorException a user's error, before anything of the question is sent, where it holds what may not be
    void require(Question question) {
        requireAny(remote);
        if (remote.egress() == Egress.PUBLIC && !question.readers().isEveryone()) {
            throw SartorException.user(
                    "'"
                            + question.id()
                            + "' holds text that not everyone may read, and the egress of remotes '"
                            + remote.name()
                            + "' is public: nothing of it was sent. Ask a model of this machine, or set egress: all in sartor.yaml if all of it"
                            + " may leave it.");
        }
    }
}
