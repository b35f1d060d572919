package cable

// inventedHeader and inventedBody are one cable about invented people, with the
// usual artefacts of transmission, as the forms that keep them apart have them.
const inventedHeader = `VZCZCXRO4471
PP RUEHMC
DE RUEHTG #0412/01 1281547
ZNR UUUUU ZZH
P R 071547Z MAY 08
FM AMEMBASSY TEGUCIGALPA
TO RUEHC/SECSTATE WASHDC PRIORITY 2931
RUEHGT/AMEMBASSY GUATEMALA IMMEDIATE 0040
INFO RUEHZA/WHA CENTRAL AMERICAN COLLECTIVE
RUEAIIA/CIA WASHDC`

const inventedBody = `UNCLAS SECTION 01 OF 02 TEGUCIGALPA 000412 

SIPDIS 

SENSITIVE 
SIPDIS 

STATE FOR WHA/CEN, G/TIP 
GUATEMALA FOR A. WINDROW 

E.O. 12958: N/A 
TAGS: KCRM PHUM SMIG HO GT
SUBJECT: HONDURAS: TWO RECRUITERS ARRESTED AT 
THE BORDER 

REF: A. STATE 4410 
     ¶B. 07 GUATEMALA 2210 
     ¶C. TEGUCIGALPA 398 AND PREVIOUS 

------- 
Summary 
------- 

¶1. (SBU) Summary: On May 2 the Border Police arrested Rutilio 
Cazanave and Ines "La Tia" Ordonell at Agua Caliente. Both had 
been wanted since October 
¶2007. End summary. 

The Arrest 
---------- 

¶2. (U) Inspector Abelina Quintrell told Poloff that the two: 

-- had recruited forty women in Choluteca; 

-- paid drivers $50 a head, and 

TEGUCIGALPA 00000412  002 OF 002 


-- kept their papers in a house in 
San Marcos. 

¶3. (U) Quintrell praised the "help of 

TEGUCIGALPA 00000412  002.2 OF 002 

 
Guatemala's police" in the case. 

¶4. (SBU) Comment: The case is the first of its kind. End comment. 
PELLERIN`
