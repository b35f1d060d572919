package link
import ("testing";"fmt";"os")
func TestYY(t *testing.T){
 d,err:=exampleDocument(os.Getenv("ZP")); if err!=nil {t.Fatal(err)}
 for i := range d.Sentences {
  for _, tr := range Default().Explain(d, i) { fmt.Println("  ", tr.Rule, "@", tr.Word, "|", tr.Failed)
    for _, x := range tr.Facts { fmt.Println("       =>", x.Type, x.describe(d)) } }
 }
}
