package entity

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/internal/cputime"
)

// found lists the mentions of a text, "[text|kind|key]", in order.
func found(t *testing.T, from, text string) string {
	t.Helper()
	c := textCable(text)
	c.From.Name = from
	var out []string
	for _, m := range NewFinder().Find(c).Mentions {
		out = append(out, fmt.Sprintf("%s|%s", m.Text, m.Kind))
	}
	return strings.Join(out, "; ")
}

// The texts are invented; each shows one thing that the finder must tell apart.
func TestFind(t *testing.T) {
	for _, tt := range []struct{ name, from, text, want string }{
		{"title before a name", "AMEMBASSY LIMA", "President Anselmo Quiroga met Environment Minister Rosa Lobo.", "Anselmo Quiroga|person; Rosa Lobo|person"},
		{"list of people", "AMEMBASSY LIMA", "Zarzan Belmikov, National Harbor Safety Authority.\n\nAnselmo Brankelen, Member of Parliament, came.", "Zarzan Belmikov|person; National Harbor Safety Authority|agency; Anselmo Brankelen|person; Parliament|agency"},
		{"surname again", "AMEMBASSY LIMA", "Police held Anselmo Tejada Rojas. Tejada denied it.", "Anselmo Tejada Rojas|person; Tejada|person"},
		{"particles and hyphens", "AMEMBASSY LIMA", "The judge freed Maria de los Angeles Ribeiro-Salas.", "Maria de los Angeles Ribeiro-Salas|person"},
		{"a strange name beside another", "AMEMBASSY LIMA", "The trial of Ana Prado and Rawin Kadloe began.", "Ana Prado|person; Rawin Kadloe|person"},
		{"a strange name in a list", "AMEMBASSY LIMA", "The harbour welcomed Ana Prado, Vishno Binasri, and Luis Gil.", "Ana Prado|person; Vishno Binasri|person; Luis Gil|person"},
		{"alias", "AMEMBASSY BRASILIA", "Officers arrested Joao Prado, alias \"Bidu,\" on Monday.", "Joao Prado|person; Bidu|person"},
		{"ministry with a complement", "AMEMBASSY LIMA", "The Ministry of Women, Family and Social Welfare agreed.", "Ministry of Women, Family and Social Welfare|agency"},
		{"words of two parts", "AMEMBASSY LIMA", "The Inter-ministerial Harbor Committee met the Dutch-led Harbor Team.", "Inter-ministerial Harbor Committee|agency; Harbor Team|agency"},
		{"two ministries", "AMEMBASSY LIMA", "The Ministry of Justice and the Ministry of Health agreed.", "Ministry of Justice|agency; Ministry of Health|agency"},
		{"nationality outside a full name", "AMEMBASSY LIMA", "The Peruvian National Tax Office closed.", "National Tax Office|agency"},
		{"nationality inside a generic name", "AMEMBASSY LIMA", "The Peruvian government and the Peruvian Congress agreed.", "Peruvian government|agency; Peruvian Congress|agency"},
		{"government acronym", "AMEMBASSY LIMA", "The GOP said that the GoP would pay.", "GOP|agency; GoP|agency"},
		{"plain nouns", "AMEMBASSY LIMA", "The Court told the Commission that Post and the Department agreed.", ""},
		{"acronym defined", "AMEMBASSY LIMA", "The Border Care Unit (BCU) opened. BCU staff came.", "Border Care Unit|agency; BCU|agency; BCU|agency"},
		{"acronym has more words than the head noun", "AMEMBASSY LIMA", "The Storm Prevention and Recovery Agency (SPRA) closed.", "Storm Prevention and Recovery Agency|agency; SPRA|agency"},
		{"acronyms in other brackets", "AMEMBASSY LIMA", "The Harbor Police Corps [HPC], the Storm Agency's (SA) chief, and the Border Care Unit, or BCU, agreed.", "Harbor Police Corps|agency; HPC|agency; Storm Agency|agency; SA|agency; Border Care Unit|agency; BCU|agency"},
		{"numbers are no bodies", "AMEMBASSY LIMA", "Sales of KRX810 rose in FY07, said the Office of the Harbor Representative.", "Office of the Harbor Representative|agency"},
		{"acronym behind a comma", "AMEMBASSY LIMA", "The Peruvian Harbor Police Corps, (HPC), came.", "Harbor Police Corps|agency; HPC|agency"},
		{"acronym that means another body elsewhere", "AMEMBASSY LIMA", "The Drilling Research Center (DRC) wrote.", "Drilling Research Center|agency; DRC|agency"},
		{"acronyms of organizations", "AMEMBASSY LIMA", "The Icy Motorboat Association (IMA) met the Inland Maritime Owners Association (IMOA).", "Icy Motorboat Association|organization; IMA|organization; Inland Maritime Owners Association|organization; IMOA|organization"},
		{"acronym of a country", "AMEMBASSY LIMA", "The Republic of Korea (ROK) came.", "Republic of Korea|state; ROK|state"},
		{"acronym of a thing", "AMEMBASSY LIMA", "The Automated Border Screening System (ABSS) is old. The ABSS failed.", ""},
		{"party behind its politician", "AMEMBASSY LIMA", "Anselmo Quiroga Tejada (PQR) said that the PQR will vote.", "Anselmo Quiroga Tejada|person; PQR|organization; PQR|organization"},
		{"acronym of a foreign name", "AMEMBASSY LIMA", "The Secretary for Public Order (SEPO) came.", "Secretary for Public Order|agency; SEPO|agency"},
		{"ministries called by their heads", "AMEMBASSY LIMA", "Members are the Port Ministry (PM), the Secretary of Health, the Secretary of government (SEGO) and the Secretary of Labor.", "Port Ministry|agency; PM|agency; Secretary of Health|agency; Secretary of government|agency; SEGO|agency; Secretary of Labor|agency"},
		{"the head of a ministry", "AMEMBASSY LIMA", "The Port Ministry, the Secretary of Health Ana Prado and the Secretary of Labor, Luis Gil, came.", "Port Ministry|agency; Ana Prado|person; Luis Gil|person"},
		{"acronym before its name", "AMEMBASSY LIMA", "The BCU (Border Care Unit) opened.", "BCU|agency; Border Care Unit|agency"},
		{"programs", "AMEMBASSY LIMA", "The Seahubs program opened. The Seahubs equipment came for the Seahubs staff. The Callao Seahubs work.", "Callao|state"},
		{"a numbered name", "AMEMBASSY LIMA", "Pope John Paul II met Senator Luis Gil Jr., and left Part II.", "John Paul II|person; Luis Gil Jr.|person"},
		{"a lama", "AMEMBASSY LIMA", "They met the Panchen Lama in May.", "Panchen Lama|person"},
		{"the seat of a post", "AMEMBASSY LIMA", "The Greek Embassy in Quito told the Greek Embassy in Chile.", "Greek Embassy in Quito|agency; Greek Embassy|agency; Chile|state"},
		{"what a body is called at home", "AMEMBASSY LIMA", "The Foreign Ministry (Torretagle) agreed. Torretagle left.", "Foreign Ministry|agency; Torretagle|agency; Torretagle|agency"},
		{"party and state", "AMEMBASSY BRASILIA", "Deputy Ana Prado (PQ-SP) came.", "Ana Prado|person; PQ|organization; SP|state"},
		{"a press briefing", "AMEMBASSY LIMA", "The UN press briefing began.", "UN|agency"},
		{"ports and particles", "AMEMBASSY BRASILIA", "They left the Port of Santos for Manaus do Paranabela.", "Port of Santos|place; Manaus do Paranabela|place"},
		{"UK", "AMEMBASSY LONDON", "The UK economy and U.S. banks fell.", "UK|state"},
		{"a roll of people", "AMEMBASSY LIMA", "The list has: PRADO, Ana Lucia DE LEON, Al-Rosa Ben Gil QUIROGA-BEY, Anselmo  LOBO, Rosa\nThe end.", "PRADO, Ana Lucia|person; DE LEON, Al-Rosa Ben Gil|person; QUIROGA-BEY, Anselmo|person; LOBO, Rosa|person"},
		{"no roll", "AMEMBASSY LIMA", "They named HPC, Falcon Energy and KPRX, said the list.", "HPC|organization; Falcon Energy|organization; KPRX|organization"},
		{"no names", "AMEMBASSY LIMA", "TIP and HIV/AIDS worry many NGOs; the GDP fell.", ""},
		{"groups of states", "AMEMBASSY LIMA", "The Working Group on Bribery met the Harbor Steering Group.", "Working Group on Bribery|agency; Harbor Steering Group|agency"},
		{"lines of business", "AMEMBASSY LIMA", "Renewable Energy and Civil Society matter to Falcon Energy.", "Falcon Energy|organization"},
		{"parties", "AMEMBASSY LONDON", "In May, Labour beat the Conservatives and the Green party; the opposition Liberals lost.", "Labour|organization; Conservatives|organization; Green party|organization; Liberals|organization"},
		{"an officer of a ministry", "AMEMBASSY LIMA", "Ministry of Culture Director General Rosa Lobo came with the Customs Enforcement Agency.", "Ministry of Culture|agency; Rosa Lobo|person; Customs Enforcement Agency|agency"},
		{"law with a long title", "AMEMBASSY LIMA", "Congress passed the Law to Prevent and Punish Smuggling in Persons.", "Congress|agency; Law to Prevent and Punish Smuggling in Persons|law"},
		{"law of a state", "AMEMBASSY MEXICO", "He was tried under the Chihuahua State human Smuggling Law.", "Chihuahua State human Smuggling Law|law"},
		{"law behind a hyphen", "AMEMBASSY LIMA", "The Inter-American Convention against Piracy and the U.S.-Central Andean Free Trade Agreement came into force.", "Inter-American Convention against Piracy|law; U.S.-Central Andean Free Trade Agreement|law"},
		{"law of two heads", "AMEMBASSY LIMA", "The Fisheries Framework Agreement and the 2006 General Law of Ports cover it; the Fisheries Law Commission agreed.", "Fisheries Framework Agreement|law; 2006 General Law of Ports|law; Fisheries Law Commission|agency"},
		{"resolutions", "AMEMBASSY LIMA", "UNSCR 1325 and UN Security Council Resolution 1373 apply.", "UNSCR 1325|law; UN Security Council Resolution 1373|law"},
		{"protocol is an office too", "AMEMBASSY LIMA", "The Director of Protocol of the Ministry came.", ""},
		{"law described", "AMEMBASSY LIMA", "Congress passed a new anti-trafficking law. The law sets terms.", "Congress|agency; new anti-trafficking law|law; law|law"},
		{"law in force and in the making", "AMEMBASSY LIMA", "The existing criminal code stays; a new penal code and a draft law on Smuggling wait.", "criminal code|law; new penal code|law; draft law on Smuggling|law"},
		{"law by its subject", "AMEMBASSY LIMA", "They debate the eavesdropping law, a lobster bill and a 2004 decree; nobody reads the domestic law, a better law or the water bill.", "eavesdropping law|law; lobster bill|law; 2004 decree|law"},
		{"law with a name before a common noun", "AMEMBASSY LIMA", "Voters dislike the Saltrek bill.", "Saltrek bill|law"},
		{"law about a body", "AMEMBASSY LIMA", "The National Harbor Agency reform bill is old.", "National Harbor Agency|agency; reform bill|law"},
		{"law capitalised", "AMEMBASSY LIMA", "Congress passed the Harbor Safety Act. The Act and this Protocol forbid tea.", "Congress|agency; Harbor Safety Act|law; Act|law; Protocol|law"},
		{"agreement by its subject", "AMEMBASSY LIMA", "Peru likes its comprehensive safeguards agreement and some trade agreement.", "Peru|state; comprehensive safeguards agreement|law"},
		{"convention of a council, with its number", "AMEMBASSY LIMA", "The Council of Europe Convention on Harbor Safety and ILO Convention 299 apply.", "Council of Europe Convention on Harbor Safety|law; ILO Convention 299|law"},
		{"country abbreviated before a verb", "AMEMBASSY LIMA", "The UK formally ratified it, as the U.S. signed the text; U.S. imposed limits stay.", "UK|state; U.S.|state"},
		{"law at large", "AMEMBASSY LIMA", "Law enforcement upholds the rule of law.", ""},
		{"provision", "AMEMBASSY LIMA", "Article 12 of the Penal Code and 18 U.S.C. 1591 apply.", "Article 12|law; Penal Code|law; 18 U.S.C. 1591|law"},
		{"case by name", "AMEMBASSY LIMA", "The Blue Heron case and Operation Lantern ended.", "Blue Heron case|case; Operation Lantern|case"},
		{"case and its matter", "AMEMBASSY LIMA", "He is a witness in the Quiroga abduction case.", "Quiroga abduction case|case"},
		{"report", "AMEMBASSY LIMA", "The 2008 TIP Report and the June 2007 report say so.", "2008 TIP Report|document; June 2007 report|document"},
		{"topics joined by and", "AMEMBASSY LIMA", "He leads the Harbor Relations and Trade Committee and is Head of Security and Harbor Division.", "Harbor Relations and Trade Committee|agency; Security and Harbor Division|agency"},
		{"committee of a chamber", "AMEMBASSY LIMA", "The Senate Harbor and National Defense Committee met the Senate.", "Senate Harbor and National Defense Committee|agency; Senate|agency"},
		{"possessors", "AMEMBASSY LIMA", "The Farmers' Tide Party and the Ministry of Labor's Dockers Office agreed.", "Farmers' Tide Party|organization; Ministry of Labor|agency; Dockers Office|agency"},
		{"nationality of what is no public body", "AMEMBASSY LIMA", "The Turkish Bar Association, the Peruvian Drug Institute, the Brazilian Agency for Harbor Safety and the Turkish Air Force agreed.", "Turkish Bar Association|organization; Peruvian Drug Institute|agency; Brazilian Agency for Harbor Safety|agency; Turkish Air Force|agency"},
		{"region in the name", "AMEMBASSY LIMA", "The Central American Harbor Commission came.", "Central American Harbor Commission|agency"},
		{"think tanks and the like", "AMEMBASSY LIMA", "The Institute for Harbor Studies, the Harbor Council, a local think tank, the Harbor Business Council and the Board of Directors met the Institute of Harbor Safety.", "Institute for Harbor Studies|organization; Harbor Council|organization; Harbor Business Council|organization; Board of Directors|organization; Institute of Harbor Safety|agency"},
		{"universities", "AMEMBASSY LIMA", "The University of Leeds, the National Harbor University and Kabul University met the Catholic University of Lima.", "University of Leeds|agency; National Harbor University|agency; Kabul University|agency; Catholic University of Lima|organization"},
		{"central banks", "AMEMBASSY KINGSTON", "The Bank of Jamaica met the Bank of China and the Royal Bank of Canada.", "Bank of Jamaica|agency; Bank of China|organization; Royal Bank of Canada|organization"},
		{"lists whose head noun is said once", "AMEMBASSY LIMA", "The Ministries of Foreign Affairs (MFA), Labor, and Women and Children met the Departments of Health and Trade.", "Ministries of Foreign Affairs|agency; MFA|agency; Labor|agency; Women and Children|agency; Departments of Health|agency; Trade|agency"},
		{"embassies abroad", "AMEMBASSY LIMA", "The Greek Embassy in Cairo and the Embassy of Japan in Lima closed.", "Greek Embassy in Cairo|agency; Embassy of Japan in Lima|agency"},
		{"office called after its agency", "AMEMBASSY LIMA", "The DEA Harbor Office met the UN Harbor Team and the DEA.", "DEA Harbor Office|agency; UN Harbor Team|agency; DEA|agency"},
		{"what stands before a name", "AMEMBASSY LIMA", "The NGO Harbor Rights Movement met convicted members of the 9th Harbor Brigade. Host Government agreed.", "Harbor Rights Movement|organization; 9th Harbor Brigade|agency"},
		{"officers behind their body", "AMEMBASSY LIMA", "Ministry of Health Senior Advisor Rosa Lobo met Council of Ministers VP Gil.", "Ministry of Health|agency; Rosa Lobo|person; Council of Ministers|agency; Gil|person"},
		{"funds and forums", "AMEMBASSY LIMA", "The Harbor Development Fund paid for the Harbor Forum.", ""},
		{"forum of people", "AMEMBASSY LIMA", "The Forum for Harbor Rights came.", "Forum for Harbor Rights|organization"},
		{"places of bodies", "AMEMBASSY LIMA", "They left the Prado Air Force Base and the Lobo Detention Center.", "Prado Air Force Base|place; Lobo Detention Center|place"},
		{"company with a hyphen", "AMEMBASSY LIMA", "The law firm Landor-PQR and the producer Petrobras Harbor Industries came.", "Landor-PQR|organization; Petrobras Harbor Industries|organization"},
		{"department behind a head noun", "AMEMBASSY LIMA", "The Pilot Services Department moved on Armed Forces Day.", "Pilot Services Department|agency"},
		{"hyphen behind a name", "AMEMBASSY LIMA", "The Ministry of Health-run camp and the al-Nur Company closed.", "Ministry of Health|agency; al-Nur Company|organization"},
		{"bodies of the European Union", "AMEMBASSY BERN", "The European Parliament, the Council and the Commission agreed.", "European Parliament|agency; Council|agency; Commission|agency"},
		{"columns", "AMEMBASSY LIMA", "He gave lists: Foundation for Harbor Relief       Front for Harbors.", "Foundation for Harbor Relief|organization; Front for Harbors|organization"},
		{"names behind a complement", "AMEMBASSY LIMA", "He met Treasury's Office of Central Asia Rosa Lobo and the El Paso Harbor Center.", "Treasury|agency; Office of Central Asia|agency; Rosa Lobo|person; El Paso Harbor Center|agency"},
		{"complements in capitals", "AMEMBASSY LIMA", "NOTE OF THE MINISTRY OF FOREIGN RELATIONS AND THE EMBASSY OF THE UNITED STATES AS OF MAY 2", "MINISTRY OF FOREIGN RELATIONS|agency; EMBASSY OF THE UNITED STATES|agency"},
		{"country, state, city", "AMEMBASSY MEXICO", "From Ciudad Juarez, Chihuahua, they went to the United States.", "Ciudad Juarez|place; Chihuahua|state; United States|state"},
		{"country as an adjective", "AMEMBASSY LIMA", "U.S. citizens came from the U.S. by boat.", "U.S.|state"},
		{"demonym of two words", "AMEMBASSY SAN JOSE", "Costa Rican officials left Costa Rica.", "Costa Rica|state"},
		{"months are no people", "AMEMBASSY LIMA", "In April 2007 and on May 3 it rained.", ""},
		{"embassy", "AMEMBASSY LIMA", "The U.S. Embassy and Embassy Quito agreed.", "U.S. Embassy|agency; Embassy Quito|agency"},
		{"headline", "AMEMBASSY LIMA", "Lobo Wins Second Round Against All Odds", ""},
		{"quiet text", "AMEMBASSY LIMA", "it was a quiet week.", ""},
	} {
		if got := found(t, tt.from, tt.text); got != tt.want {
			t.Errorf("%s: %q\n got %s\nwant %s", tt.name, tt.text, got, tt.want)
		}
	}
}

// Forms about people; their courses hold no names.
func TestForms(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{
			"vetting", "Vetting #: 4711\nRank/Name: 1LT PRADO, ANSELMO QUIROGA 4711\nDOB: 1/2/1980\nPlace of Birth: TARABUCA, PERU\nUnit/Institution: HARBOR DEPT.\nCourse: HARBOR RIGGING SEMINAR\nStart Date: 2/8/2010\n\nRank/Name: LT COL ROSA LOBO\nDOB: 5/6/1982\nPlace of Birth: Peru\n",
			"PRADO, ANSELMO QUIROGA|person; TARABUCA|place; PERU|state; HARBOR DEPT|agency; ROSA LOBO|person; Peru|state",
		},
		{"a rank of its own", "Department: Callao Harbor Brigade\nRank: Lieutenant\nName: TAN, Bo-yun\n", "Callao Harbor Brigade|agency; TAN, Bo-yun|person"},
		{"left open", "Name: XXXXXXXXXX\nDOB: XXXXXXXX\nPOB: XXXXXXXX\n", ""},
		{"no form", "Name: Harbor Care Project\nThe project goes on.", ""},
	} {
		if got := found(t, "AMEMBASSY LIMA", tt.text); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// Two posts of which the line end was lost.
func TestPartiesInOneLine(t *testing.T) {
	c := textCable("AMEMBASSY LA PAZ FEB QUITO")
	c.Blocks[0].Kind = cable.BlockInfo
	got := ""
	for _, m := range NewFinder().Find(c).Mentions {
		got += m.Text + "|" + m.Country + "; "
	}
	if want := "AMEMBASSY LA PAZ|BO; QUITO|EC; "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The pass lines are invented; offices and people touch in them.
func TestPassLines(t *testing.T) {
	for _, tt := range []struct{ name, line, want string }{
		{"an office alone", "DEPT FOR G/TIP, WHA/CEN", "G/TIP|agency; WHA/CEN|agency"},
		{"people behind an office", "USDOC FOR 4711/ITA/MAC/WH/APRADO/LQUIROGA", "USDOC|agency; 4711/ITA/MAC/WH|agency; APRADO|person; LQUIROGA|person"},
		{"a broken line", "USDOC FOR 4711/ITA/MAC/APRADO/ LQUIROGA", "USDOC|agency; 4711/ITA/MAC|agency; APRADO|person; LQUIROGA|person"},
		{"a number alone", "COMMERCE FOR 4711/APRADO", "COMMERCE|agency; APRADO|person"},
		{"people alone", "STATE PASS USTR FOR PRADO/KLENZNY", "USTR|agency; PRADO|person; KLENZNY|person"},
		{"a double name", "STATE PASS USTR FOR QUIROGA/APRADO-JOHNSON", "USTR|agency; QUIROGA|person; APRADO-JOHNSON|person"},
		{"a full name", "DEPT FOR EPSC/GREGORY JOHNSON", "EPSC|agency; GREGORY JOHNSON|person"},
		{"a title", "DEPT FOR WHA/AMBASSADOR PRADO", "WHA|agency; PRADO|person"},
		{"posts", "PORT OF SPAIN FOR GREGORY JOHNSON; LONDON AND PARIS FOR NEA", "PORT OF SPAIN|agency; GREGORY JOHNSON|person; LONDON|agency; PARIS|agency; NEA|agency"},
		{"no people", "STATE PASS USAID/W FOR IO/UNESCO", "USAID/W|agency; IO/UNESCO|agency"},
	} {
		c := textCable(tt.line)
		c.Blocks[0].Kind = cable.BlockPass
		var out []string
		for _, m := range NewFinder().Find(c).Mentions {
			out = append(out, fmt.Sprintf("%s|%s", m.Text, m.Kind))
		}
		if got := strings.Join(out, "; "); got != tt.want {
			t.Errorf("%s: %s\n got %s\nwant %s", tt.name, tt.line, got, tt.want)
		}
	}
}

// Input that is no cable in English gives few mentions or none, and no panic.
func TestFindBadInput(t *testing.T) {
	f := NewFinder()
	for _, tt := range []struct {
		name, text string
		most       int // mentions
	}{
		{"one line", "x", 0},
		{"no letters", "12 34 -- ... ((( )))", 0},
		{"another language", "Der Ausschuss beriet am Montag lange darüber, ob die Mittel für das neue Heim reichen würden.", 3},
		{"another script", "Полиция задержала трёх подозреваемых в среду вечером.", 0},
		{"capitals", "THE POLICE HELD THREE MEN FOR TWO DAYS AND LET THEM GO WHEN NO WITNESS CAME.", 0},
		{"scanning noise", "1n tbe rn0rning the po1ice he!d thr3e rnen, vvho had c0me fr0m tbe c0ast.", 1},
		{"a megabyte without a blank", strings.Repeat("x", 1<<20), 0},
		{"a megabyte of one mark", strings.Repeat("(", 1<<20), 0},
		{"plural without end", strings.Repeat("Ministries of Senate ", 1<<12), 1 << 12},
		{"capitals without end", strings.Repeat("Ministry of ", 1<<14), 1},
		{"a hyphen at the end", "They met Mugos-", 1},
		{"a preposition at the end", "They joined the Dockers Association to", 1},
		{"a head noun at the start", "Gil Union to Mugos", 2},
		{"a head noun at the end", "They met the Tug Services", 1},
		{"broken text", "The \xff\xfe Ministry of \xc3 Health\x00 met.", 1},
	} {
		d := f.Find(textCable(strings.ToValidUTF8(tt.text, "?")))
		if len(d.Mentions) > tt.most {
			t.Errorf("%s: %d mentions, the first %q; want at most %d", tt.name, len(d.Mentions), d.Mentions[0].Text, tt.most)
		}
	}
}

// devCables returns the unmarked cables beside the repository.
func devCables(tb testing.TB) []*cable.Cable {
	tb.Helper()
	const path = "../../shared/cables/dev.jsonl.gz"
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("no real cables: %v", err)
	}
	var cs []*cable.Cable
	for c, err := range cable.ReadPaths([]string{path}) {
		if err == nil {
			cs = append(cs, c)
		}
	}
	return cs
}

func BenchmarkFindDevCables(b *testing.B) {
	cs := devCables(b)
	size := 0
	for _, c := range cs {
		size += len(c.Raw)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	f := NewFinder()
	before := cputime.Used(b)
	for b.Loop() {
		for _, c := range cs {
			f.Find(c)
		}
	}
	cputime.Report(b, size, before)
}

// BenchmarkFindOneParagraph shows that a paragraph of any length takes time in
// proportion to it.
func BenchmarkFindOneParagraph(b *testing.B) {
	const unit = "The Ministry of Health, Labor and Welfare (MHLW) told Anselmo Tejada, the Report of the Court says, that Lobo and Rosa Prado Rivas left New Quito "
	for _, size := range []int{1 << 20, 5 << 20} {
		b.Run(fmt.Sprintf("%dMB", size>>20), func(b *testing.B) {
			c := textCable(strings.Repeat(unit, size/len(unit)))
			f := NewFinder()
			b.SetBytes(int64(size))
			for b.Loop() {
				f.Find(c)
			}
		})
	}
}

func FuzzFind(f *testing.F) {
	f.Add("President Anselmo Quiroga (AQ) said \"no\" to U.S.-Peru talks, Article 6 (a).")
	f.Add("THE MINISTRY OF HEALTH AND GEN. LOBO")
	f.Add("((((A.B. de la -- ' ’s ? ???")
	finder := NewFinder()
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) == 0 {
			return
		}
		d := finder.Find(textCable(text))
		last := 0
		for _, m := range d.Mentions {
			if m.First < last || m.Last <= m.First || m.Span.Start < 0 || m.Span.End > len(text) || m.Span.Len() <= 0 {
				t.Fatalf("mention %+v after token %d in %q", m, last, text)
			}
			last = m.Last
		}
	})
}
