package dev.writ.draft;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ordinary English words: right as they stand, and no proper names. */
final class CommonWords {
  private static final String TEXT =
      """
      a able about above access according account accountable across act action actually add added
      additional after afternoon afterwards again against agent agents ago agree agreed all allow
      allowed almost alone along already also although always am among an and another answer any
      anybody anyone anything anyway anywhere app apart application applications appreciate approval
      approvals approve approved approver are area around as ask asked asking asks assistant at audit
      authorise available away back bad base based basic batch be became because been before began
      begin beginning begins behind being believe below besides best better between beyond big bit
      board book both bot bring business but buy by call called calls came can cannot care carries
      carry case cause certain change changed changes channel chat check checked checks choose clear
      close closed code colleague colleagues come comes coming company complete completely computer
      concern concerning condition conditions confirm consider contact contract control could count
      couple course cover create current currently customer customers cut daily data date day days
      deal dear decide decided deep default delete department depends desk detail details did die
      different directly do document does doing done down draft drop due during each earlier early
      easy edit either else email emergency empty enable end ended ends enough ensure enter entire
      environment environments error especially etc even evening event ever every everybody everyone
      everything everywhere exactly example except exception extend extra extract fact fail failed
      fast feel few field file files fill final finally find fine finish finished first fix folder
      follow following follows for form former forward found free friday from full fully further
      future gave general get gets getting give given gives go goes going gone good got grant granted
      great group guys had half hand hands happen happy hard has have having he head hear heard hello
      help helper her here hi him himself his hold home hope hour hours house how however human i
      idea if important in include included includes including indeed information inside instead into
      inventory invoice is issue it item items its itself january job join just keep keeps key kind
      kindly knew know known knows label lack large last late later latest least leave leaves left
      less let lets letter letters level like likely limit limited line lines link list lists little
      live load local log logs long longer look looking looks lot low machine made mail main make
      makes making manage manager many march mark market matter may maybe me mean means meanwhile
      meet meeting member men mention message messages might mind mine minute minutes miss mode
      model moment monday money month months more morning most move moved much must my myself name
      named namely near need needed needs never new next nice night no nobody none normal normally
      north not note notes nothing notice now number numbers object of off offer office often oh ok
      okay old on once one ones only onto open opened operation opinion option or orchard order
      orders other others otherwise our ours out outside over own owned owner owners owns page paid
      paper parcel part parts party pass past pay people per perhaps period permission permissions
      person phone pick pilot place plan planned plans play please plus point port possible post
      power present previous print prior privilege private probably problem process product
      production project proper provide public pull purpose push put puts quality question questions
      quick quickly quite quote ran rate rather read reader reading ready real really reason receive
      recent record records regards register reject related release remain remember remove repeat
      replace reply report reports request requested requester requests require required respect
      respectively rest result results resume return review reviewed right rights rights role roles
      room round route rule rules run running runs said sale same sample sandbox saturday save saw
      say saying says schedule scope second section see seem seems seen select send sends sense sent
      separate september serve serves server service set setup several shall share she sheet shift
      ship short should show shows side sign signed similar simple simply since sit site situation
      six size slow small so social some somebody somehow someone something sometimes soon sorry
      sort sounds source south speak special spend spot staff stage stages stand standing start
      started starting starts state states status stay stays steps still stock stop stopped stops
      store stores story stuff subject such suggest summer sunday support supposed sure switch
      system systems table take taken takes taking talk task tasks team teams tell ten term terms
      test tests text texts than thank thanks that the their theirs them themselves then there
      therefore these they thing things think third this those though thought three through
      throughout thursday ticket till time times tired to today together token told tomorrow tonight
      too took tool tools top total touch toward towards track trade train training transfer trial
      tried truck true trust try trying tuesday turn turned two type under understand until up update
      updates upon urgent urgently us use used useful user users uses using usual usually valid value
      various very via view views wait waiting walk want wanted wants warehouse was watch way ways we
      website wednesday week weekend weeks well went were west what whatever when whenever where
      whether which while white who whoever whole whom whose why wide will wish wishes with within
      without won word words work worked working works world would write wrong year years yes
      yesterday yet you young your yours yourself zero cheers ta thx pls plz hey hiya ciao morning
      evening afternoon afaik imho btw fyi asap tbc tbd na nope yep yeah gonna wanna lgtm gracias
      clerk batches cider apples juice fruit harvest winter spring autumn summer february april june
      july august october november december brand obviously needful tarts none naturally exactly
      precisely somewhat ought shan't won't can't don't doesn't isn't aren't didn't wouldn't
      shouldn't couldn't mustn't needn't it's i'm i'll i've i'd we'll we're we've we'd he's she's
      they're they'll that's there's what's who's let's you're you'll you've
      """;

  private static final Set<String> ALL = new HashSet<>(List.of(TEXT.strip().split("\\s+")));

  private CommonWords() {}

  static boolean has(String plain) {
    return ALL.contains(plain);
  }

  static Set<String> all() {
    return new HashSet<>(ALL);
  }

  static List<String> of(String words) {
    return Arrays.asList(words.strip().split("\\s+"));
  }
}
