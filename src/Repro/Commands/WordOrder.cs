namespace Crosspoint.Repro.Commands;

/// <summary>In which order random words are laid one behind the other, to look for likeness between neighbours of one kind.</summary>
internal enum WordOrder
{
    /// <summary>One address: word n is its word n.</summary>
    Consecutive,

    /// <summary>Neighbouring seeds: word n is the first word of seed S + n.</summary>
    Seeds,

    /// <summary>Neighbouring streams: word n is the first word of stream n.</summary>
    Streams,

    /// <summary>Eight neighbouring addresses in turn: two seeds, two streams and two steps; word n is word n / 8 of the (n mod 8)-th.</summary>
    Interleaved,
}
