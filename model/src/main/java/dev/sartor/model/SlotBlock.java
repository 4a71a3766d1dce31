package dev.sartor.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Neighbouring slots of a pool that are multiplied together. Blocks are halves of halves, so that there are few and
/// the views that they need can be kept.
///
/// @param first the first slot
/// @param slots how many
record SlotBlock(int first, int slots) {
    /// Blocks that hold all slots in use, and at least half of each is in use.
    static List<SlotBlock> covering(BitSet used, int slots) {
        var blocks = new ArrayList<SlotBlock>();
        collect(new SlotBlock(0, Integer.highestOneBit(2 * slots - 1)), slots, used, blocks);
        return blocks;
    }

    private static void collect(SlotBlock block, int most, BitSet used, List<SlotBlock> blocks) {
        int inUse = used.get(block.first, block.first + block.slots).cardinality();
        if (inUse == 0) {
            return;
        }
        if (2 * inUse >= block.slots && block.first + block.slots <= most) {
            blocks.add(block);
            return;
        }
        int half = block.slots / 2;
        collect(new SlotBlock(block.first, half), most, used, blocks);
        collect(new SlotBlock(block.first + half, half), most, used, blocks);
    }

    BitSet among(BitSet slotsOf) {
        var among = new BitSet();
        among.set(first, first + slots);
        among.and(slotsOf);
        return among;
    }
}
