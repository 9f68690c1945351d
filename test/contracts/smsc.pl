#!/usr/bin/perl
# A message centre of Debian's Net::SMPP. It prints its port, then a line for everything it is asked. The last digit of a number says
# what it does with a message: 9 is undeliverable, 8 is throttled, 7 gets no answer, 6 ends the connection; every other one arrives.
use strict;
use warnings;
use Net::SMPP;
use IO::Handle;

STDOUT->autoflush(1);
my $centre = Net::SMPP->new_listen('127.0.0.1', port => 0, smpp_version => 0x34) or die "cannot listen: $!";
print 'port ', $centre->sockport, "\n";
my $count = 0;
$SIG{CHLD} = 'IGNORE';
$SIG{TERM} = sub { kill 'KILL', -$$; exit };
setpgrp;
while (1) {
    my $line = $centre->accept or next;
    # Each connection has a process of its own; numbers of messages begin anew in it.
    my $child = fork;
    die "cannot fork: $!" unless defined $child;
    next if $child;
    while (my $pdu = $line->read_pdu) {
        if ($pdu->{cmd} == 0x09) {
            my $ok = $pdu->{system_id} eq 'acme' && $pdu->{password} eq 'secret';
            print "bind $pdu->{system_id} ", ($ok ? 'ok' : 'refused'), "\n";
            $line->bind_transceiver_resp(system_id => 'centre', seq => $pdu->{seq}, status => $ok ? 0 : 0x0e);
        }
        elsif ($pdu->{cmd} == 0x04) {
            my $to = $pdu->{destination_addr};
            my $text = unpack('H*', $pdu->{short_message});
            print "submit $to $pdu->{source_addr} $pdu->{registered_delivery} $pdu->{data_coding} $text\n";
            next if $to =~ /7$/;
            last if $to =~ /6$/;
            if ($to =~ /8$/) {
                $line->submit_sm_resp(message_id => '', seq => $pdu->{seq}, status => 0x58);
                next;
            }
            my $id = sprintf('m%04d', ++$count);
            $line->submit_sm_resp(message_id => $id, seq => $pdu->{seq});
            my $state = $to =~ /9$/ ? 'UNDELIV' : 'DELIVRD';
            my $error = $to =~ /9$/ ? '001' : '000';
            $line->deliver_sm(
                source_addr => $to,
                destination_addr => $pdu->{source_addr},
                esm_class => 0x04,
                async => 1,
                short_message => "id:$id sub:001 dlvrd:001 submit date:2611020900 done date:2611020901 stat:$state err:$error text:",
            );
        }
        elsif ($pdu->{cmd} == 0x15) {
            $line->enquire_link_resp(seq => $pdu->{seq});
        }
        elsif ($pdu->{cmd} == 0x06) {
            $line->unbind_resp(seq => $pdu->{seq});
            last;
        }
    }
    close $line;
    print "closed\n";
    exit;
}
