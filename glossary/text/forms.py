"""English words whose forms no rule tells, and words that only look like forms."""

from typing import Final

#: Forms after what they are forms of: those that no ending makes, and those that the
#: dictionary leads back to a rarer word (*fixed* to *fixe*, *singing* to *singe*).
#: Owners are one, and selves are: in a wording, *its* may be *our*.
_FORMS: Final = """
its my our your his her their
itself myself ourselves yourself yourselves himself herself themselves oneself
be is am are was were been
have has had having
do does did done doing
go goes went gone going
arise arose arisen
awake awoke awoken
bear bears bore borne
beat beaten
become became
begin began begun
behold beheld
bend bent
beseech besought
bid bade bidden
bind bound
bleed bled
blow blew blown
break broke broken
breed bred breeding
bring brought
build built
burn burnt
buy bought
catch caught
choose chose chosen
cling clung
come came
creep crept
deal dealt
dig dug
draw drew drawn
dream dreamt
drink drank drunk
drive drove driven
dwell dwelt
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fling flung
fly flew flown
forbid forbade forbidden
forego forewent foregone
foresee foresaw foreseen
forget forgot forgotten
forgive forgave forgiven
forsake forsook forsaken
freeze froze frozen
get got gotten
give gave given
grow grew grown
hang hung
hear heard
hide hid hidden
hold held
keep kept
kneel knelt
know knew known
lay lays laid laying
lead led
leap leapt
learn learnt
lend lent
lie lies lying
light lit
lose lost
make made
mean meant
meet met
mislead misled
mistake mistook mistaken
misunderstand misunderstood
mow mown
outgrow outgrew outgrown
overcome overcame
override overrode overridden
oversee oversaw overseen
overtake overtook overtaken
overthrow overthrew overthrown
pay paid
plead pled
prove proven
rebuild rebuilt
repay repaid
rethink rethought
rewrite rewrote rewritten
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
seek sought
sell sold
send sent
shake shook shaken
shine shone
shoot shot
show shown
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
slide slid
sow sown
speak spoke spoken
speed sped
spell spelt
spend spent
spin spun
spoil spoilt
spring sprang sprung
stand stood
steal stole stolen
stick stuck
sting stung
strike struck stricken
strive strove striven
swear swore sworn
sweep swept
swell swollen
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
throw threw thrown
tread trod trodden
undergo undergoes underwent undergone
understand understood
undertake undertook undertaken
undo undoes undid undone
uphold upheld
wake woke woken
wear wore worn
weave wove woven
weep wept
win won
withdraw withdrew withdrawn
withhold withheld
withstand withstood
wring wrung
write wrote written writing
annex annexe annexed annexes annexing
assail assailed assailing
craft crafted crafting
cross crossed crosses crossing
determine determining
dispel dispelled dispelling
drench drenched drenches drenching
fix fixed fixes fixing
grow growing
guard guarded guarding
intern interned interning
long longed longing
mass massed masses massing
mix mixed mixes mixing
output outputted outputting
play playing
prefer preferred preferring
prefix prefixed prefixes prefixing
proclaim proclaiming
program programmed programming
recoup recouped recouping
sing singing
smooth smoothed smoothing
spring springing
swear swearing
swing swinging
thank thanked thanking
think thinking
unfold unfolded unfolding
fantasy fantasies
lens lenses
remain remains
sale sales
tranche tranches
german germans
greek greeks
israeli israelis
korean koreans
mongol mongols
slovak slovaks
attach attaches
axis axes
child children
corpus corpora
die dies died dying
foot feet
genus genera
goose geese
life lives
louse lice
money monies
mouse mice
ox oxen
person persons
tie ties tied tying
tooth teeth
traffic trafficked trafficking
"""
#: What looks like a form of another word and is one of its own.
APART: Final = frozenset(
    """
according concerning during excluding following including notwithstanding owing pending
regarding being evening forthcoming incoming lasting morning oncoming outstanding united
upcoming willing accounting banking bedding ceiling clothing dumpling earring footing
engineering grouping housing inkling lining middling mining nursing pudding shipping
spring string wedding wording
arms belongings commons customs dealings earnings goods humanities odds premises
proceedings riches savings securities surroundings tidings
cola hypermedia intermedia media nota sepia trivia
""".split()
)
#: A form → what it is a form of.
IRREGULAR: Final = {
    form: line.split()[0]
    for line in _FORMS.strip().splitlines()
    for form in line.split()
}
