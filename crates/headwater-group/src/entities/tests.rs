use super::*;

#[test]
fn plain_names() {
    assert_eq!(plain("The Aland Herald"), "aland herald");
    assert_eq!(plain("Kim Jong-un"), "kim jong un");
}
