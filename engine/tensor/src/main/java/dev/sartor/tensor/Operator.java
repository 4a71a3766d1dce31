package dev.sartor.tensor;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;

/// One of libtorch's operators that has no Java binding, called by its name. For the engine's thread.
final class Operator {
    private final OperatorHandle handle;
    private final IValueVector stack = new IValueVector();

    private Operator(OperatorHandle handle) {
        this.handle = handle;
    }

    /// @param name such as `quantized::linear_prepack`
    static Operator named(String name) {
        return new Operator(Dispatcher.singleton().findSchemaOrThrow(name, ""));
    }

    /// Returns its only result, which the caller closes. The arguments stay the caller's.
    IValue call(IValue... arguments) {
        Engine.check();
        stack.clear();
        for (var argument : arguments) {
            stack.push_back(argument);
        }
        handle.callBoxed(stack);
        return new IValue(stack.get(0));
    }

    Tensor tensor(IValue... arguments) {
        try (var result = call(arguments)) {
            return new Tensor(
                    new org.bytedeco.pytorch.Tensor(result.toTensor())); // a reference of its own
        }
    }
}
