"""Writes a file of events by torch's SummaryWriter at a fixed time, or reads a folder as TensorBoard does.

usage: events.py write OUT      OUT/events.torch, which TrainingEventsTest compares its own bytes with
       events.py read FOLDER    prints each scalar and text that TensorBoard sees in FOLDER
Needs: torch tensorboard.
"""
import os, sys, time


def write(out):
    time.time = lambda: 1700000000.5
    from torch.utils.tensorboard import SummaryWriter
    writer = SummaryWriter(out, purge_step=4, filename_suffix=".torch")
    writer.add_scalar("train/loss", 0.6931471805599453, 4)
    writer.add_scalar("train/loss", 1e-7, 300)
    writer.add_scalar("general/accuracy", 0.0, 0)
    writer.add_text("answers/1", "größer als\n\n**" + "x" * 200 + "**", 300)
    writer.close()
    made = [name for name in os.listdir(out) if name.endswith(".torch")]
    os.rename(os.path.join(out, made[0]), os.path.join(out, "events.torch"))


def read(folder):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    seen = EventAccumulator(folder, purge_orphaned_data=True)
    seen.Reload()
    for tag in seen.Tags()["scalars"]:
        print(tag, [(event.step, round(event.value, 6)) for event in seen.Scalars(tag)])
    for tag in seen.Tags()["tensors"]:
        print(tag, [(event.step, event.tensor_proto.string_val[0].decode()) for event in seen.Tensors(tag)])


{"write": write, "read": read}[sys.argv[1]](sys.argv[2])
