"""Short texts as papers, parties, councils and live pages write them, with what in them is wrong."""

from __future__ import annotations

TEXTS: list[tuple[str, list[str]]] = [
    (
        (
            "Labour held Lincoln at the 2017 general election. Karen Lee polled 23,333 votes, a majority of "
            "1,538 over the Conservatives."
        ),
        [],
    ),
    (
        (
            "BBC live: Tories GAIN Bassetlaw from Labour. Brendan Clarke-Smith 28,078, Keir Morrison (Lab) "
            "14,065. Majority 14,013. Turnout 63.5%. 12 December 2019"
        ),
        [],
    ),
    (
        (
            "Dear resident, in 2019 just 2,540 votes separated us from the Conservatives in Derby North. "
            "Only Labour can beat the Tories here. The Lib Dems got 7.3% of the vote."
        ),
        [],
    ),
    (
        (
            "Minutes of Ashfield District Council, May 2019. The Ashfield Independents won 30 seats. Labour "
            "lost 20 seats. The Conservatives won three seats."
        ),
        [],
    ),
    (
        (
            "In the local elections of May 2019 the Conservatives held Rushcliffe and Labour held "
            "Chesterfield. The Liberal Democrats gained Hinckley and Bosworth from the Conservatives."
        ),
        [],
    ),
    (
        (
            "In Mansfield in 2017 Ben Bradley won by 1,057 votes. In 2019 he won with 31,484 votes and a "
            "majority of 16,306."
        ),
        [],
    ),
    (
        "Anna Soubry lost Broxtowe in 2019. Darren Henry won with 26,602 votes; his majority was 5,331.",
        [],
    ),
    (
        "Labour's Alex Norris held Nottingham North in 2019 with 17,337 votes. Turnout was 53.1%, down 4 points.",
        [],
    ),
    (
        (
            "In May 2019 Labour lost control of Bolsover, and the Conservatives gained North East "
            "Derbyshire. The Conservatives lost eight seats in North Kesteven."
        ),
        [],
    ),
    (
        "The 2019 result in Gedling: Tom Randall (Con) 22,718, Vernon Coaker (Lab) 22,039. Majority 679.",
        [],
    ),
    (
        (
            "Jonathan Ashworth won Leicester South in 2019 with a majority of 22,675, beating Natalie Neale,"
            " who had 10,931 votes. In 2024 Shockat Adam won Leicester South by 979 votes."
        ),
        [],
    ),
    (
        (
            "At the 2019 general election the Conservatives took High Peak with a majority of 590. Labour "
            "had won it by 2,322 in 2017. "
        ),
        [],
    ),
    (
        "Labour lost twelve seats on Bolsover council in May 2019.",
        ["twelve"],
    ),
    (
        "In May 2019 the Conservatives held North Kesteven.",
        ["Conservatives held North Kesteven"],
    ),
    (
        "Labour's Alex Norris held Nottingham North in 2019 with 27,337 votes.",
        ["27,337"],
    ),
    (
        "Turnout in Mansfield was 73.9% in 2019.",
        ["73.9%"],
    ),
    (
        "At the 2019 general election the Conservatives took High Peak with a majority of 950.",
        ["950"],
    ),
    (
        "In May 2019 Labour gained Bolsover from the Conservatives.",
        ["Labour gained Bolsover"],
    ),
    (
        "Darren Henry won Broxtowe in 2019 by 26,602 votes.",
        ["26,602"],
    ),
    (
        "The Liberal Democrats gained Hinckley and Bosworth from Labour in the local elections of May 2019.",
        ["Liberal Democrats gained Hinckley and Bosworth"],
    ),
]
"""Each text with the words in it that the record contradicts; everything else in it is right."""
